import { CreditCard, Eye, KeyRound, Siren, Smartphone, Timer } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Means } from "../../core/session/means.ts";

const icons = {
  "card-pin": CreditCard,
  "card-presence": CreditCard,
  "card-seen": Eye,
  federated: Smartphone,
  "temporary-password": Timer,
  "directory-password": KeyRound,
  "break-glass": Siren,
} as const;

/** The means of the session: a colour, an icon and a word, always the same three together. */
export function MeansBadge({ means }: { readonly means: Means }) {
  const { t } = useTranslation();
  const Icon = icons[means];
  return (
    <span className="means" data-means={means}>
      <Icon aria-hidden size={20} /> {t(`portal.means.${means}`)}
    </span>
  );
}
