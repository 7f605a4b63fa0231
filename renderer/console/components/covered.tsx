import { CreditCard } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Presence } from "../asking/use-administrator.ts";

/** In place of everything while no card is in: nothing of the console is left on the page. */
export function Covered({ presence }: { readonly presence: Exclude<Presence, { state: "here" }> }) {
  const { t } = useTranslation();
  return (
    <main className="away" data-state={presence.state}>
      <CreditCard aria-hidden size={72} strokeWidth={1.3} />
      <h1>{t("console.away.title")}</h1>
      <p>{t(presence.state === "asking" ? "console.away.asking" : "console.away.text")}</p>
      {presence.state === "covered" && presence.code !== "session-unknown" && (
        <p className="code">{t(`failures.${presence.code}.title`)}</p>
      )}
    </main>
  );
}
