import { CircleCheck, CircleX, Hourglass, SearchX } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CardStanding } from "../../../protocol/broker/console/cards.ts";

const icons = { good: CircleCheck, expiring: Hourglass, expired: CircleX, lost: SearchX } as const;
const healths = { good: "good", expiring: "late", expired: "none", lost: "aged" } as const;

/** How a card stands: a colour, an icon and a word, always the same three together. */
export function CardStandingBadge({ standing }: { readonly standing: CardStanding }) {
  const { t } = useTranslation();
  const Icon = icons[standing];
  return (
    <span className="badge" data-health={healths[standing]}>
      <Icon aria-hidden size={16} /> {t(`console.cards.standings.${standing}`)}
    </span>
  );
}
