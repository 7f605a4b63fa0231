import { useTranslation } from "react-i18next";

/** The window has no agent to believe: opaque, and quiet about it. */
export function LostScreen() {
  const { t } = useTranslation();
  return (
    <div className="window lost" data-screen="lost">
      <main>
        <h1>{t("cover.lost")}</h1>
      </main>
    </div>
  );
}
