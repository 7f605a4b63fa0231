import { FlaskConical } from "lucide-react";
import { useTranslation } from "react-i18next";

export function DemonstrationBanner() {
  const { t } = useTranslation();
  return (
    <p className="demonstration">
      <FlaskConical aria-hidden size={18} /> {t("demonstration")}
    </p>
  );
}
