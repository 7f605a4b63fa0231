import { Languages } from "lucide-react";
import { nextLanguage, useLanguage } from "../../console/use-language.ts";

/** Chooses the other language. */
export function LanguageButton() {
  const { language, choose } = useLanguage();
  const next = nextLanguage(language);
  return (
    <button type="button" className="language" lang={next.code} onClick={() => choose(next.code)}>
      <Languages aria-hidden size={18} /> {next.name}
    </button>
  );
}
