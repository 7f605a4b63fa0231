import { KeyRound, ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { Screen } from "../../../protocol/window/view.ts";
import { DigitPad } from "../components/digit-pad.tsx";

interface SecondFactorScreenProps {
  readonly screen: Extract<Screen, { name: "second-factor" }>;
  readonly send: (intent: Intent) => void;
}

const codeLength = 6;

/** Outside the hospital: the code of the authenticator application, or the security key. Made anew for every question. */
export function SecondFactorScreen({ screen, send }: SecondFactorScreenProps) {
  const { t } = useTranslation();
  const { holder, factors, question, problem } = screen;
  const cancel = () => send({ type: "cancel" });
  const byCode = factors.includes("totp");
  const key = (
    <button
      type="button"
      className={byCode ? undefined : "primary"}
      onClick={() => send({ type: "use-security-key", question })}
    >
      <KeyRound aria-hidden size={24} /> {t("secondFactor.key")}
    </button>
  );
  return (
    <section className="pin second-factor">
      <div className="who">
        <p className="eyebrow">
          <ShieldCheck aria-hidden size={24} /> {t("secondFactor.title")}
        </p>
        <h1>{holder.displayName}</h1>
        <p className="profession">{holder.profession}</p>
        {byCode && <p>{t("secondFactor.code")}</p>}
        {problem !== undefined && (
          <p className="problem" role="alert">
            <strong>{t(`failures.${problem}.title`)}</strong> {t(`failures.${problem}.text`)}{" "}
            {t(`failures.${problem}.action`)}
          </p>
        )}
        {byCode && factors.includes("security-key") && key}
      </div>
      {byCode ? (
        <DigitPad
          minimumLength={codeLength}
          maximumLength={codeLength}
          confirm={t("secondFactor.confirm")}
          onTyped={code => send({ type: "submit-code", question, code })}
          onCancel={cancel}
        />
      ) : (
        <div className="pad on-reader">
          {key}
          <p>{t("secondFactor.keyHint")}</p>
          <button type="button" onClick={cancel}>
            {t("pin.cancel")}
          </button>
        </div>
      )}
    </section>
  );
}
