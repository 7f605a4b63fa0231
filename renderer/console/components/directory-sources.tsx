import { useTranslation } from "react-i18next";
import { type DirectorySourceView, directoryHealths } from "../../../protocol/broker/console/directory-view.ts";
import { HealthBadge } from "./health-badge.tsx";
import { Moment } from "./moment.tsx";

interface DirectorySourcesProps {
  readonly sources: readonly DirectorySourceView[];
  readonly now: number;
  /** Absent: this administrator may not. */
  readonly onAccept?: (source: DirectorySourceView) => void;
}

/** Every source with its age, those in need of care first; what troubles it stands below it. */
export function DirectorySources({ sources, ...rest }: DirectorySourcesProps) {
  const { t } = useTranslation();
  if (sources.length === 0) return <p className="empty">{t("console.directory.noSource")}</p>;
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("console.directory.state")}</th>
            <th scope="col">{t("console.directory.source")}</th>
            <th scope="col">{t("console.directory.persons")}</th>
            <th scope="col">{t("console.directory.answered")}</th>
            <th scope="col">{t("console.directory.everything")}</th>
          </tr>
        </thead>
        <tbody>
          {sources.toSorted(worstFirst).map(source => (
            <SourceRow key={source.id} source={source} {...rest} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function worstFirst(a: DirectorySourceView, b: DirectorySourceView): number {
  return directoryHealths.indexOf(b.health) - directoryHealths.indexOf(a.health) || a.id.localeCompare(b.id);
}

interface SourceRowProps extends Omit<DirectorySourcesProps, "sources"> {
  readonly source: DirectorySourceView;
}

function SourceRow({ source, now, onAccept }: SourceRowProps) {
  const { t } = useTranslation();
  const { id, kind, health, persons, readAt, everythingAt, trouble, lossAccepted, unreadable = [] } = source;
  return (
    <tr data-health={health}>
      <td>
        <HealthBadge health={health} />
      </td>
      <th scope="row">
        {id}
        <small>{t(`console.directory.kinds.${kind}`, { defaultValue: kind })}</small>
        {trouble !== undefined && (
          <small className="trouble-text">
            {t(`failures.${trouble.code}.title`, { defaultValue: trouble.code })},{" "}
            {t("console.directory.failures", { count: trouble.failures })} <Moment at={trouble.since} now={now} />{" "}
            {trouble.lost === undefined && <q>{trouble.detail}</q>}
          </small>
        )}
        {unreadable.length > 0 && (
          <small className="trouble-text">
            {t("console.directory.unreadable", { count: unreadable.length })}{" "}
            {unreadable.slice(0, 5).map(({ key, detail }) => (
              <q key={key}>{detail}</q>
            ))}
            {unreadable.length > 5 && " …"}
          </small>
        )}
        {trouble?.lost !== undefined &&
          (lossAccepted === undefined ? (
            <>
              <small>{t("console.directory.lost", { count: trouble.lost })}</small>
              {onAccept !== undefined && (
                <button
                  type="button"
                  onClick={() => onAccept(source)}
                  aria-label={t("console.directory.acceptOf", { source: id })}
                >
                  {t("console.directory.accept")}
                </button>
              )}
            </>
          ) : (
            <small>{t("console.directory.accepted")}</small>
          ))}
      </th>
      <td>{persons}</td>
      <td>{readAt === undefined ? t("console.never") : <Moment at={readAt} now={now} />}</td>
      <td>{everythingAt === undefined ? t("console.never") : <Moment at={everythingAt} now={now} />}</td>
    </tr>
  );
}
