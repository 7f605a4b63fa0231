import { useTranslation } from "react-i18next";

interface ShownOnceProps {
  readonly label: string;
  readonly text: string;
  readonly value: string;
  readonly onNoted: () => void;
}

/** Something that is told once, here: it is nowhere to be read again. */
export function ShownOnce({ label, text, value, onNoted }: ShownOnceProps) {
  const { t } = useTranslation();
  return (
    <div className="shown-once">
      <label>
        {label}
        <input readOnly value={value} onFocus={event => event.target.select()} />
      </label>
      <p>{text}</p>
      <button type="button" className="primary" onClick={onNoted}>
        {t("console.act.noted")}
      </button>
    </div>
  );
}
