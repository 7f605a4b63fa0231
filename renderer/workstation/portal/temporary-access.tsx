import { Timer } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Screen } from "../../../protocol/window/view.ts";
import { useNow } from "../../components/use-now.ts";
import { duration } from "../components/duration.ts";

interface TemporaryAccessProps {
  readonly screen: Extract<Screen, { name: "portal" }>;
}

/** Never leaves the portal of a temporary access: whose, why, what is left of it, and how to end it. */
export function TemporaryAccess({ screen }: TemporaryAccessProps) {
  const { t } = useTranslation();
  const now = useNow();
  const { temporaryAccess: access, holder } = screen;
  if (access === undefined) return null;
  return (
    <aside className="temporary" aria-label={t("temporary.title")}>
      <Timer aria-hidden size={34} />
      <div>
        <p>
          <strong>{t("temporary.who", { name: holder.displayName })}</strong>{" "}
          {t("temporary.reason", { reason: access.reason })}
        </p>
        <p>{t("temporary.fewer")}</p>
      </div>
      <p className="left">
        {t("temporary.left", { time: duration(access.until - now) })}
        <small>{t("temporary.signIns", { count: access.left })}</small>
      </p>
      <p className="end">{t("temporary.end")}</p>
    </aside>
  );
}
