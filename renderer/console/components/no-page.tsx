import { useTranslation } from "react-i18next";
import { PageHead } from "./page-head.tsx";

export function NoPage() {
  const { t } = useTranslation();
  return <PageHead title={t("console.noPage.title")} text={t("console.noPage.text")} />;
}
