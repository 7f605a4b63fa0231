import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { Screen } from "../../../protocol/window/view.ts";
import { DigitKeys } from "../components/digit-keys.tsx";

interface IdentifierScreenProps {
  readonly screen: Extract<Screen, { name: "identifier" }>;
  readonly federation: string;
  readonly send: (intent: Intent) => void;
}

const longest = 30;

/** Who is it? The national identifier, before the phone is asked. It is no secret: it can be read while it is typed. */
export function IdentifierScreen({ screen, federation, send }: IdentifierScreenProps) {
  const { t } = useTranslation();
  const [identifier, setIdentifier] = useState("");
  const { problem, question } = screen;
  const submit = () => send({ type: "submit-identifier", question, identifier });
  return (
    <section className="pin identifier">
      <div className="who">
        <p className="eyebrow">{federation}</p>
        <h1>{t("phone.who")}</h1>
        <p className="not-you">{t("phone.hint")}</p>
        {problem !== undefined && (
          <p className="problem" role="alert">
            <strong>{t(`failures.${problem}.title`)}</strong> {t(`failures.${problem}.text`)}{" "}
            {t(`failures.${problem}.action`)}
          </p>
        )}
      </div>
      <form
        className="pad"
        onSubmit={event => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={event => event.key === "Escape" && send({ type: "cancel" })}
      >
        <input
          // biome-ignore lint/a11y/noAutofocus: it is the screen's one question
          autoFocus
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          maxLength={longest}
          aria-label={t("phone.label")}
          value={identifier}
          onChange={event => setIdentifier(event.target.value)}
        />
        <DigitKeys
          onDigit={digit => setIdentifier(typed => (typed + digit).slice(0, longest))}
          onErase={() => setIdentifier(typed => typed.slice(0, -1))}
          onClear={() => setIdentifier("")}
        />
        <div className="decide">
          <button type="button" onClick={() => send({ type: "cancel" })}>
            {t("pin.cancel")}
          </button>
          <button type="submit" className="primary" disabled={identifier.trim() === ""}>
            {t("phone.ask")}
          </button>
        </div>
      </form>
    </section>
  );
}
