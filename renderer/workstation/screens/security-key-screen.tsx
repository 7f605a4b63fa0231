import { KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";

/** Behind the broker's page that asks for the key. */
export function SecurityKeyScreen({ send }: { readonly send: (intent: Intent) => void }) {
  const { t } = useTranslation();
  return (
    <section className="phone" role="status">
      <KeyRound aria-hidden size={72} strokeWidth={1.5} />
      <h1>{t("secondFactor.keyTitle")}</h1>
      <p className="what">{t("secondFactor.keyText")}</p>
      <button type="button" onClick={() => send({ type: "cancel" })}>
        {t("secondFactor.back")}
      </button>
    </section>
  );
}
