import { CircleCheck, CircleHelp, CircleSlash, LogOut } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { HolderView } from "../../../protocol/broker/console/directory-view.ts";

const looks = {
  active: { Icon: CircleCheck, health: "good" },
  disabled: { Icon: CircleSlash, health: "aged" },
  gone: { Icon: LogOut, health: "late" },
  unknown: { Icon: CircleHelp, health: "none" },
} as const;

/** How somebody stands in the directory: a colour, an icon and a word, always the same three together. */
export function StandingBadge({ standing }: { readonly standing: HolderView["standing"] }) {
  const { t } = useTranslation();
  const { Icon, health } = looks[standing];
  return (
    <span className="badge" data-health={health}>
      <Icon aria-hidden size={16} /> {t(`console.holders.standings.${standing}`)}
    </span>
  );
}
