import { CircleCheck, CircleDashed, Clock, Hourglass } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { SourceHealth } from "../../../protocol/broker/console/trust-view.ts";

const icons = { good: CircleCheck, late: Clock, aged: Hourglass, none: CircleDashed } as const;

/** How a source fares: a colour, an icon and a word, always the same three together. */
export function HealthBadge({ health }: { readonly health: SourceHealth }) {
  const { t } = useTranslation();
  const Icon = icons[health];
  return (
    <span className="badge" data-health={health}>
      <Icon aria-hidden size={16} /> {t(`console.trust.health.${health}`)}
    </span>
  );
}
