import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { passwordLength, passwordSigns } from "../../../core/fallback/temporary-password.ts";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { Screen } from "../../../protocol/window/view.ts";
import { LetterKeys } from "../components/letter-keys.tsx";
import { PasswordField } from "../components/password-field.tsx";
import { PasswordBuffer } from "../password/password-buffer.ts";

interface PasswordScreenProps {
  readonly screen: Extract<Screen, { name: "password" }>;
  /** The place's helpdesk. */
  readonly phone: string;
  /** Which password is meant, where another one counts too. */
  readonly choice: ReactNode;
  readonly send: (intent: Intent) => void;
}

const longestName = 100;

/** Who it is, and the temporary password that the helpdesk has read out. A new question makes it anew. */
export function PasswordScreen({ screen, phone, choice, send }: PasswordScreenProps) {
  const { t } = useTranslation();
  const { problem, question } = screen;
  const [who, setWho] = useState(screen.who);
  const [visible, setVisible] = useState(false);
  // Only how much was typed is React's; the signs are in the buffer.
  const [, setTyped] = useState(0);
  const [typesPassword, setTypesPassword] = useState(screen.who !== "");
  const buffer = useRef(new PasswordBuffer()).current;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => () => buffer.wipe(), [buffer]);
  useEffect(() => {
    if (screen.who !== "") field.current?.focus();
  }, [screen.who]);
  const change = (act: (password: PasswordBuffer) => void) => {
    act(buffer);
    setTyped(count => count + 1);
  };
  const sign = (typed: string) =>
    typesPassword ? change(password => password.push(typed)) : setWho(name => (name + typed).slice(0, longestName));
  const erase = () => (typesPassword ? change(password => password.pop()) : setWho(name => name.slice(0, -1)));
  const isReady = who.trim() !== "" && buffer.isWhole;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) send({ type: "submit-password", question, who: who.trim(), password: buffer.take() });
  };
  return (
    <section className="password">
      <form onSubmit={submit} onKeyDown={event => event.key === "Escape" && send({ type: "cancel" })}>
        <h1>{t("password.title")}</h1>
        <p>{t("password.hint", { phone })}</p>
        {choice}
        {problem !== undefined && (
          <p className="problem" role="alert">
            <strong>{t(`failures.${problem}.title`)}</strong> {t(`failures.${problem}.text`)}{" "}
            {t(`failures.${problem}.action`)}
          </p>
        )}
        <div className="fields">
          <div className="field">
            <label htmlFor="who">{t("password.who")}</label>
            <input
              id="who"
              // biome-ignore lint/a11y/noAutofocus: it is the screen's first question
              autoFocus={screen.who === ""}
              autoComplete="off"
              autoCapitalize="words"
              spellCheck={false}
              maxLength={longestName}
              value={who}
              onFocus={() => setTypesPassword(false)}
              onChange={event => setWho(event.target.value)}
            />
          </div>
          <PasswordField
            field={field}
            shown={buffer.shown(visible)}
            visible={visible}
            onVisible={setVisible}
            onSign={typed => change(password => password.push(typed))}
            onErase={() => change(password => password.pop())}
            onFocus={() => setTypesPassword(true)}
          />
        </div>
        <p className="typed" role="status" data-wrong={buffer.length === passwordLength && !buffer.isWhole}>
          {buffer.length < passwordLength
            ? t("password.typed", { count: passwordLength - buffer.length })
            : t(buffer.isWhole ? "password.whole" : "password.mistyped")}
        </p>
        <LetterKeys accepts={key => !typesPassword || passwordSigns.includes(key)} onSign={sign} onErase={erase} />
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
