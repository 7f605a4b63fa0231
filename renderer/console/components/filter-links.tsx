import { Link } from "./link.tsx";

interface FilterLinksProps<Choice extends string> {
  readonly label: string;
  readonly choices: readonly { readonly value: Choice; readonly text: string; readonly href: string }[];
  readonly chosen: Choice;
}

/** Ways to look at the same page, each an address. */
export function FilterLinks<Choice extends string>({ label, choices, chosen }: FilterLinksProps<Choice>) {
  return (
    <nav className="filters" aria-label={label}>
      {choices.map(({ value, text, href }) => (
        <Link key={value} href={href} aria-current={value === chosen ? "true" : undefined}>
          {text}
        </Link>
      ))}
    </nav>
  );
}
