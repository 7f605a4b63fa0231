import { Eye, EyeOff } from "lucide-react";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { Screen } from "../../../protocol/window/view.ts";

interface UsualPasswordScreenProps {
  readonly screen: Extract<Screen, { name: "password" }>;
  /** Which password is meant, where another one counts too. */
  readonly choice: ReactNode;
  readonly send: (intent: Intent) => void;
}

const longestName = 100;
/** As long as directories take them; 512 bytes at most cross to the agent. */
const longestPassword = 127;

/**
 * Who it is, and the password that the directory knows. Any keyboard can write it, dead keys and all, so it is typed into a field of
 * the browser's: it is not React's, goes out once, and the field is emptied then. A new question makes it anew.
 */
export function UsualPasswordScreen({ screen, choice, send }: UsualPasswordScreenProps) {
  const { t } = useTranslation();
  const { problem, question } = screen;
  const [who, setWho] = useState(screen.who);
  const [visible, setVisible] = useState(false);
  const [isTyped, setTyped] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const isReady = who.trim() !== "" && isTyped;
  const word = t(visible ? "password.hide" : "password.show");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || field.current === null) return;
    const password = [...new TextEncoder().encode(field.current.value)];
    field.current.value = "";
    send({ type: "submit-password", question, who: who.trim(), password });
  };
  return (
    <section className="password">
      <form onSubmit={submit} onKeyDown={event => event.key === "Escape" && send({ type: "cancel" })}>
        <h1>{t("password.usualTitle")}</h1>
        <p>{t("password.usualHint")}</p>
        {choice}
        {problem !== undefined && (
          <p className="problem" role="alert">
            <strong>{t(`failures.${problem}.title`)}</strong> {t(`failures.${problem}.text`)}{" "}
            {t(`failures.${problem}.action`)}
          </p>
        )}
        <div className="fields">
          <div className="field">
            <label htmlFor="who">{t("password.account")}</label>
            <input
              id="who"
              // biome-ignore lint/a11y/noAutofocus: it is the screen's first question
              autoFocus={screen.who === ""}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={longestName}
              value={who}
              onChange={event => setWho(event.target.value)}
            />
          </div>
          <div className="field">
            <label htmlFor="usual-password">{t("password.usual")}</label>
            <span>
              <input
                id="usual-password"
                ref={field}
                // biome-ignore lint/a11y/noAutofocus: after a refusal it is what is typed again
                autoFocus={screen.who !== ""}
                type={visible ? "text" : "password"}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                maxLength={longestPassword}
                onInput={event => setTyped(event.currentTarget.value !== "")}
              />
              <button
                type="button"
                aria-pressed={visible}
                aria-label={word}
                title={word}
                onClick={() => setVisible(shown => !shown)}
              >
                {visible ? <EyeOff aria-hidden size={24} /> : <Eye aria-hidden size={24} />}
              </button>
            </span>
          </div>
        </div>
        <div className="decide">
          <button type="button" onClick={() => send({ type: "cancel" })}>
            {t("pin.cancel")}
          </button>
          <button type="submit" className="primary" disabled={!isReady}>
            {t("password.enter")}
          </button>
        </div>
      </form>
    </section>
  );
}
