import { Siren } from "lucide-react";
import { useTranslation } from "react-i18next";

interface EmergencyLinkProps {
  /** True where this place offers emergency access without a card; nothing is shown where it does not. */
  readonly offered: boolean;
  readonly onEmergency: () => void;
}

/** For an emergency without a card that works: a quiet way in, which is loud once it is taken. */
export function EmergencyLink({ offered, onEmergency }: EmergencyLinkProps) {
  const { t } = useTranslation();
  if (!offered) return null;
  return (
    <button type="button" className="quiet emergency-link" onClick={onEmergency}>
      <Siren aria-hidden size={22} /> {t("breakGlass.link")}
    </button>
  );
}
