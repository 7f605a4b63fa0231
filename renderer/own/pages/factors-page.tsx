import { CreditCard } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ownRoutes } from "../../../protocol/broker/own/own-routes.ts";
import { LanguageChoice } from "../../components/language-choice.tsx";
import { useAsked } from "../../console/asking/use-asked.ts";
import { FactorList } from "../components/factor-list.tsx";
import { KeyRegistration } from "../components/key-registration.tsx";
import { TotpRegistration } from "../components/totp-registration.tsx";

const everyMs = 3_000;

/** With what the holder proves himself outside the hospital, kept by himself while his card is in. */
export function FactorsPage() {
  const { t } = useTranslation();
  const { asked, again } = useAsked(ownRoutes.factors, {}, everyMs);
  if (asked.state !== "answered")
    return (
      <main className="away" data-state={asked.state}>
        <CreditCard aria-hidden size={72} strokeWidth={1.3} />
        <h1>{t("own.title")}</h1>
        <p>{t(asked.state === "asking" ? "own.asking" : "own.away")}</p>
      </main>
    );
  const { holder, factors, now, keysPossible } = asked.answer;
  return (
    <main className="own">
      <header>
        <h1>{t("own.title")}</h1>
        <LanguageChoice />
      </header>
      <p>{t("own.text", { holder: holder.displayName })}</p>
      <section aria-labelledby="registered">
        <h2 id="registered">{t("own.registeredTitle")}</h2>
        <FactorList factors={factors} now={now} onRemoved={again} />
      </section>
      <section aria-labelledby="totp">
        <h2 id="totp">{t("own.totpTitle")}</h2>
        <p>{t("own.totpText")}</p>
        <TotpRegistration replaces={factors.some(({ kind }) => kind === "totp")} onDone={again} />
      </section>
      <section aria-labelledby="key">
        <h2 id="key">{t("own.keyTitle")}</h2>
        <p>{t(keysPossible ? "own.keyText" : "own.keyImpossible")}</p>
        {keysPossible && <KeyRegistration onDone={again} />}
      </section>
    </main>
  );
}
