import { useTranslation } from "react-i18next";
import { writtenFor } from "../../../core/language.ts";
import type { GlassEntry } from "../../../protocol/broker/console/break-glass.ts";
import { Link } from "../components/link.tsx";
import { Moment } from "../components/moment.tsx";
import { addressOf } from "../use-address.ts";

interface GlassListProps {
  readonly glasses: readonly GlassEntry[];
  /** By the broker's clock. */
  readonly now: number;
  readonly none: string;
  /** The trail is for auditors. */
  readonly withTrail: boolean;
  readonly onRevoke: (entry: GlassEntry) => void;
  readonly onReview: (entry: GlassEntry) => void;
}

/** Emergency accesses: who, why, what was opened, how it ended, and what was found. */
export function GlassList({ glasses, none, ...shared }: GlassListProps) {
  const { t } = useTranslation();
  if (glasses.length === 0) return <p className="empty">{none}</p>;
  return (
    <div className="scroll">
      <table className="glasses">
        <thead>
          <tr>
            <th scope="col">{t("console.breakGlass.holder")}</th>
            <th scope="col">{t("console.breakGlass.state")}</th>
            <th scope="col">{t("console.breakGlass.why")}</th>
            <th scope="col">{t("console.breakGlass.launches")}</th>
            <th scope="col">{t("console.breakGlass.acts")}</th>
          </tr>
        </thead>
        <tbody>
          {glasses.map(entry => (
            <Row key={entry.id} entry={entry} {...shared} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends Omit<GlassListProps, "glasses" | "none"> {
  readonly entry: GlassEntry;
}

function Row({ entry, now, withTrail, onRevoke, onReview }: RowProps) {
  const { t, i18n } = useTranslation();
  const { holder, identity, reason, workstationName, placeName, openedAt, launches, review, may } = entry;
  const name = holder.displayName;
  return (
    <tr>
      <th scope="row">
        {name}
        <small>
          <code>{holder.id}</code>
        </small>
        {identity === "claimed" && (
          <span className="badge" data-glass="claimed">
            {t("console.breakGlass.claimed")}
          </span>
        )}
      </th>
      <td>
        <State entry={entry} now={now} />
        {review !== undefined && (
          <small>
            <strong>{t(`console.breakGlass.findings.${review.finding}`)}</strong> · {review.words} –{" "}
            {review.by.displayName}, <Moment at={review.at} now={now} />
          </small>
        )}
        <small>
          {placeName} · {workstationName}
          <br />
          {t("console.breakGlass.since")} <Moment at={openedAt} now={now} />
        </small>
      </td>
      <td>
        {writtenFor(i18n.language, reason.kind)}
        <small>{reason.words}</small>
      </td>
      <td>
        {launches.length === 0 ? t("console.breakGlass.none") : launches.map(one => one.name).join(", ")}
        {withTrail && (
          <small>
            <Link href={addressOf("trail", { holder: holder.id })}>{t("console.breakGlass.trail")}</Link>
          </small>
        )}
      </td>
      <td>
        <div className="row-acts">
          {may.revoke && (
            <button
              type="button"
              onClick={() => onRevoke(entry)}
              aria-label={t("console.breakGlass.revokeOf", { name })}
            >
              {t("console.breakGlass.revoke")}
            </button>
          )}
          {may.review && (
            <button
              type="button"
              className="primary"
              onClick={() => onReview(entry)}
              aria-label={t("console.breakGlass.reviewOf", { name })}
            >
              {t("console.breakGlass.review")}
            </button>
          )}
        </div>
      </td>
    </tr>
  );
}

function State({ entry, now }: { readonly entry: GlassEntry; readonly now: number }) {
  const { t } = useTranslation();
  const { state, until, end, dueAt } = entry;
  const overdue = state === "over" && dueAt !== undefined && dueAt <= now;
  return (
    <>
      <span className="badge" data-glass={overdue ? "overdue" : state}>
        {t(overdue ? "console.breakGlass.overdue" : `console.breakGlass.states.${state}`)}
      </span>{" "}
      {until !== undefined && (
        <>
          {t("console.breakGlass.endsAt")} <Moment at={until} now={now} />
        </>
      )}
      {end !== undefined && <small>{t(`console.breakGlass.ends.${end}`)}</small>}
    </>
  );
}
