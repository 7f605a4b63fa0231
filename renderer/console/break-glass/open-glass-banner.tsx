import { Siren } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ConsoleRole } from "../../../protocol/broker/console/roles.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { Link } from "../components/link.tsx";
import { addressOf } from "../use-address.ts";

const everyMs = 4_000;
const minuteMs = 60_000;

/** On every page, for everybody: who has broken the glass, where, and how long that lasts. */
export function OpenGlassBanner({ roles }: { readonly roles: readonly ConsoleRole[] }) {
  const { t } = useTranslation();
  const { asked } = useAsked(consoleRoutes.openGlasses, {}, everyMs);
  if (asked.state !== "answered" || asked.answer.open.length === 0) return null;
  const { now, open } = asked.answer;
  const mayLook = consoleRoutes.breakGlass.roles.some(role => roles.includes(role));
  return (
    <aside className="glass-banner" aria-label={t("console.breakGlass.openNow")}>
      <Siren aria-hidden size={26} />
      <ul>
        {open.map(({ id, holder, identity, placeName, until }) => (
          <li key={id}>
            <strong>{t(`console.breakGlass.banner.${identity}`, { name: holder.displayName })}</strong>{" "}
            {t("console.breakGlass.where", {
              place: placeName,
              count: Math.max(1, Math.ceil((until - now) / minuteMs)),
            })}
          </li>
        ))}
      </ul>
      {mayLook && <Link href={addressOf("break-glass")}>{t("console.breakGlass.look")}</Link>}
    </aside>
  );
}
