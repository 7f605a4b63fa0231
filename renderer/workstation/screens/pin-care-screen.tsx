import { CircleCheck, TriangleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { PinCareView } from "../../../protocol/window/view.ts";
import { DigitPad } from "../components/digit-pad.tsx";
import { LastTry } from "../components/last-try.tsx";
import { TriesLeft } from "../components/tries-left.tsx";
import { WorkingScreen } from "./working-screen.tsx";

interface PinCareScreenProps {
  readonly care: PinCareView;
  readonly send: (intent: Intent) => void;
}

/** The holder gives his card a new PIN: by the one so far, or by the unblocking code. */
export function PinCareScreen({ care, send }: PinCareScreenProps) {
  const { t } = useTranslation();
  switch (care.step) {
    case "working":
      return <WorkingScreen stage="proving" />;
    case "typing":
      if (care.confirmLastTry) return <LastTry of={care.kind === "change" ? "pin" : "unblockingCode"} send={send} />;
      return <NewPin key={care.question} care={care} send={send} />;
    case "failed":
      return (
        <section className="trouble" role="alert">
          <TriangleAlert aria-hidden size={72} strokeWidth={1.5} />
          <h1>{t(`failures.${care.code}.title`)}</h1>
          <p className="what">{t(`failures.${care.code}.text`)}</p>
          <p className="remedy">{t(`failures.${care.code}.action`)}</p>
          <button type="button" onClick={() => send({ type: "cancel" })}>
            {t("pinCare.close")}
          </button>
          <p className="details">{t("trouble.details", { code: care.code })}</p>
        </section>
      );
    default:
      return care satisfies never;
  }
}

const steps = ["secret", "newPin", "again"] as const;
/** Unblocking codes have lengths of their own, which cards do not tell beforehand. */
const codeLengths = { minimumLength: 4, maximumLength: 16 };

interface NewPinProps {
  readonly care: Extract<PinCareView, { step: "typing" }>;
  readonly send: (intent: Intent) => void;
}

/** Three questions on one pad; what was typed waits outside of React's state until all of it is there. */
function NewPin({ care, send }: NewPinProps) {
  const { t } = useTranslation();
  const { kind, question, problem, triesLeft } = care;
  const [step, setStep] = useState<(typeof steps)[number]>("secret");
  const [differ, setDiffer] = useState(false);
  const typed = useRef<{ secret: number[]; newPin: number[] }>({ secret: [], newPin: [] });
  useEffect(() => {
    const waiting = typed.current;
    return () => [waiting.secret, waiting.newPin].forEach(wipe);
  }, []);

  const take = (digits: number[]) => {
    const waiting = typed.current;
    if (step === "secret") {
      waiting.secret = digits;
      setStep("newPin");
    } else if (step === "newPin") {
      waiting.newPin = digits;
      setDiffer(false);
      setStep("again");
    } else if (digits.length === waiting.newPin.length && digits.every((digit, at) => digit === waiting.newPin[at])) {
      const { secret, newPin } = waiting;
      typed.current = { secret: [], newPin: [] };
      wipe(digits);
      send({ type: "submit-new-pin", question, secret, newPin });
    } else {
      wipe(digits);
      wipe(waiting.newPin);
      setDiffer(true);
      setStep("newPin");
    }
  };

  const lengths = step === "secret" && kind === "unblock" ? codeLengths : care;
  return (
    <section className="pin">
      <div className="who">
        <p className="eyebrow">{t(`pinCare.${kind}.title`)}</p>
        <h1>{t(step === "secret" ? `pinCare.${kind}.secret` : `pinCare.${step}`)}</h1>
        <ol className="steps">
          {steps.map(name => (
            <li key={name} aria-current={name === step ? "step" : undefined}>
              {steps.indexOf(name) < steps.indexOf(step) && <CircleCheck aria-hidden size={22} />}
              {t(name === "secret" ? `pinCare.${kind}.secret` : `pinCare.${name}`)}
            </li>
          ))}
        </ol>
        {step === "secret" && triesLeft !== undefined && <TriesLeft count={triesLeft} />}
        {step === "secret" && problem !== undefined && (
          <p className="problem" role="alert">
            <strong>{t(`failures.${problem}.title`)}</strong> {t(`failures.${problem}.text`)}
          </p>
        )}
        {differ && (
          <p className="problem" role="alert">
            <strong>{t("pinCare.differ.title")}</strong> {t("pinCare.differ.text")}
          </p>
        )}
        <p className="not-you">{t(`pinCare.${kind}.hint`)}</p>
      </div>
      <DigitPad
        key={step}
        minimumLength={lengths.minimumLength}
        maximumLength={lengths.maximumLength}
        confirm={t(step === "again" ? "pinCare.done" : "pinCare.next")}
        onTyped={take}
        onCancel={() => send({ type: "cancel" })}
      />
    </section>
  );
}

function wipe(digits: number[]): void {
  digits.fill(0);
}
