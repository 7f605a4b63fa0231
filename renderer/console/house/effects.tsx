import { Minus, Pencil, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { HouseDifference, HouseEffects } from "../../../protocol/broker/console/house-change.ts";
import { Faults } from "./faults.tsx";

const icons = { added: Plus, changed: Pencil, removed: Minus } as const;

/** What a change would do, and for whom. */
export function Effects({ effects }: { readonly effects: HouseEffects }) {
  const { t } = useTranslation();
  const { faults, differences, portals, gained, lost, gainedCount, lostCount, leftToPolicies } = effects;
  if (faults.length > 0) return <Faults faults={faults} />;
  if (differences.length === 0) return <p className="quiet">{t("console.house.noDifference")}</p>;
  return (
    <section className="effects" aria-live="polite">
      <h3>{t("console.house.willDo")}</h3>
      <Differences differences={differences} />
      {leftToPolicies.length > 0 && (
        <p className="notice" data-tone="bad">
          {t("console.house.leftToPolicies", { applications: leftToPolicies.join(", ") })}
        </p>
      )}
      <p>
        {t("console.house.portals", { count: portals })}{" "}
        <strong>{t("console.house.gainedAndLost", { gained: gainedCount, lost: lostCount })}</strong>
      </p>
      <ul className="who-changes">
        {[
          ...lost.map(change => ({ ...change, sign: "−" as const })),
          ...gained.map(change => ({ ...change, sign: "+" as const })),
        ].map(({ sign, holder, application, place, means, decides, wouldDecide }) => (
          <li key={`${sign} ${holder} ${application} ${place} ${means}`} data-sign={sign}>
            <b>{t(sign === "+" ? "console.house.gains" : "console.house.loses")}</b> <code>{holder}</code> {application}
            , {place}, {t(`portal.means.${means as "card-pin"}`)}
            <small>
              {decides} → {wouldDecide}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** In one line each: what became of which entry. */
export function Differences({ differences }: { readonly differences: readonly HouseDifference[] }) {
  const { t } = useTranslation();
  return (
    <ul className="differences">
      {differences.map(({ act, kind, id, members }) => {
        const Icon = icons[act];
        return (
          <li key={`${kind} ${id}`}>
            <Icon aria-hidden size={16} /> {t(`console.house.kinds.${kind}`)} <code>{id}</code>{" "}
            {t(`console.house.became.${act}`)}
            {members.length > 0 && ` (${members.join(", ")})`}
          </li>
        );
      })}
    </ul>
  );
}
