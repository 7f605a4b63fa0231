import { useTranslation } from "react-i18next";
import { writtenFor } from "../../../core/language.ts";
import type { FallbackCheckView } from "../../../protocol/broker/console/fallback.ts";

interface ChecklistProps {
  readonly checks: readonly FallbackCheckView[];
  readonly ticked: readonly string[];
  readonly onTick: (ticked: string[]) => void;
}

/** How the helpdesk makes sure that it is the holder who calls. */
export function Checklist({ checks, ticked, onTick }: ChecklistProps) {
  const { t, i18n } = useTranslation();
  return (
    <fieldset>
      <legend>{t("console.fallback.checklist")}</legend>
      {checks.map(({ id, text, required }) => (
        <label key={id} className="tick">
          <input
            type="checkbox"
            checked={ticked.includes(id)}
            onChange={event => onTick(event.target.checked ? [...ticked, id] : ticked.filter(one => one !== id))}
          />
          <span>
            {writtenFor(i18n.language, text)} {!required && <small>{t("console.fallback.optional")}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
