import { FileLock2, MonitorCog } from "lucide-react";
import { useTranslation } from "react-i18next";

/** Where an entry is kept: in the configuration file, where the console cannot change it, or here. */
export function SourceBadge({ source }: { readonly source: "file" | "console" }) {
  const { t } = useTranslation();
  const Icon = source === "file" ? FileLock2 : MonitorCog;
  return (
    <span className="badge" data-health={source === "file" ? "none" : "good"}>
      <Icon aria-hidden size={16} /> {t(`console.house.sources.${source}`)}
    </span>
  );
}
