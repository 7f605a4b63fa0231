import { Siren } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { glassWords } from "../../../core/break-glass/break-glass.ts";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { Screen, View } from "../../../protocol/window/view.ts";
import { GlassReasonFields, isGlassReason } from "../components/glass-reason-fields.tsx";
import { LetterKeys } from "../components/letter-keys.tsx";

interface BreakGlassScreenProps {
  readonly screen: Extract<Screen, { name: "break-glass" }>;
  readonly workstation: View["workstation"];
  readonly send: (intent: Intent) => void;
}

const longestName = 100;

/** An emergency, and no card: who it is, which nobody proves, and why. A new question makes it anew. */
export function BreakGlassScreen({ screen, workstation, send }: BreakGlassScreenProps) {
  const { t } = useTranslation();
  const { problem, question } = screen;
  const offer = workstation.breakGlass;
  const [who, setWho] = useState(screen.who);
  const [words, setWords] = useState(screen.words);
  const [kind, setKind] = useState("");
  const [typesWords, setTypesWords] = useState(false);
  if (offer === undefined) return null;
  const isReady = who.trim() !== "" && isGlassReason(kind, words);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) send({ type: "submit-break-glass", question, who: who.trim(), kind, words: words.trim() });
  };
  const change = (act: (text: string) => string) =>
    typesWords
      ? setWords(text => act(text).slice(0, glassWords.longest))
      : setWho(text => act(text).slice(0, longestName));
  return (
    <section className="password emergency">
      <form onSubmit={submit} onKeyDown={event => event.key === "Escape" && send({ type: "cancel" })}>
        <h1>
          <Siren aria-hidden size={40} /> {t("breakGlass.title")}
        </h1>
        <p>{t("breakGlass.hint", { count: offer.minutes })}</p>
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
              autoFocus
              autoComplete="off"
              autoCapitalize="words"
              spellCheck={false}
              maxLength={longestName}
              value={who}
              onFocus={() => setTypesWords(false)}
              onChange={event => setWho(event.target.value)}
            />
          </div>
          <GlassReasonFields
            offer={offer}
            kind={kind}
            words={words}
            onKind={setKind}
            onWords={setWords}
            onFocus={() => setTypesWords(true)}
          />
        </div>
        <LetterKeys
          accepts={() => true}
          onSign={sign => change(text => text + sign)}
          onErase={() => change(text => text.slice(0, -1))}
        />
        <div className="decide">
          <button type="button" onClick={() => send({ type: "cancel" })}>
            {t("pin.cancel")}
          </button>
          <button type="submit" className="primary alarming" disabled={!isReady}>
            {t("breakGlass.open")}
          </button>
        </div>
      </form>
    </section>
  );
}
