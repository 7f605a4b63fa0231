import { FlaskConical } from "lucide-react";
import { useTranslation } from "react-i18next";

export function DemonstrationBanner() {
  const { t } = useTranslation();
  return (
    <header className="demonstration">
      <FlaskConical aria-hidden size={18} /> {t("demonstration")}
    </header>
  );
}
