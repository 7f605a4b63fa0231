import { useTranslation } from "react-i18next";

/** Why: it stands in the trail beside the administrator's name. */
export function ReasonField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (text: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <label>
      {t("console.act.reason")}
      <input value={value} autoComplete="off" onChange={event => onChange(event.target.value)} />
    </label>
  );
}
