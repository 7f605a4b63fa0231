import { commonNameIn } from "../../../core/certificate/name-text.ts";

/** Whose certificate it is, or who made it: the common name, and all of it for who wants to know. `text`: of the whole name. */
export function DistinguishedName({ text }: { readonly text: string }) {
  const name = commonNameIn(text);
  if (name === text) return text;
  return (
    <details className="distinguished-name">
      <summary>{name}</summary>
      {text}
    </details>
  );
}
