import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import { glassWords } from "../../../core/break-glass/break-glass.ts";
import { writtenFor } from "../../../core/language.ts";
import type { View } from "../../../protocol/window/view.ts";

interface GlassReasonFieldsProps {
  readonly offer: NonNullable<View["workstation"]["breakGlass"]>;
  readonly kind: string;
  readonly words: string;
  readonly field?: Ref<HTMLInputElement>;
  readonly onKind: (kind: string) => void;
  readonly onWords: (words: string) => void;
  readonly onFocus?: () => void;
}

/** Why: words of his own, and a kind that the hospital names. */
export function GlassReasonFields(props: GlassReasonFieldsProps) {
  const { offer, kind, words, field, onKind, onWords, onFocus } = props;
  const { t, i18n } = useTranslation();
  return (
    <>
      <div className="field">
        <label htmlFor="emergency-words">{t("breakGlass.words")}</label>
        <input
          id="emergency-words"
          ref={field}
          autoComplete="off"
          maxLength={glassWords.longest}
          placeholder={t("breakGlass.example")}
          value={words}
          onFocus={onFocus}
          onChange={event => onWords(event.target.value)}
        />
      </div>
      <fieldset className="kinds">
        <legend>{t("breakGlass.kind")}</legend>
        <div>
          {offer.reasons.map(({ id, text }) => (
            <label key={id}>
              <input type="radio" name="kind" value={id} checked={kind === id} onChange={() => onKind(id)} />
              <span>{writtenFor(i18n.language, text)}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
}

/** True where somebody else can make something of it. */
export function isGlassReason(kind: string, words: string): boolean {
  return kind !== "" && words.trim().length >= glassWords.shortest;
}
