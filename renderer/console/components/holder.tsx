import { ArrowLeft, Pencil, Timer } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { embeddedSource, type HolderEntry, type HolderView } from "../../../protocol/broker/console/directory-view.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { MeansBadge } from "../../components/means-badge.tsx";
import { useAsked } from "../asking/use-asked.ts";
import { addressOf } from "../use-address.ts";
import { AnswerOf } from "./answer-of.tsx";
import { Link } from "./link.tsx";
import { Moment } from "./moment.tsx";
import { PageHead } from "./page-head.tsx";
import { PersonKeeping } from "./person-keeping.tsx";
import { SecondFactors } from "./second-factors.tsx";
import { StandingBadge } from "./standing-badge.tsx";
import { useBrokerNow } from "./use-broker-now.ts";

const everyMs = 5_000;

interface HolderProps {
  readonly identifier: string;
  /** Whether who looks keeps persons in the console's own source. */
  readonly mayChange: boolean;
  /** Whether he works at the helpdesk: issues temporary access, resets second factors. */
  readonly mayFallBack: boolean;
}

/** Everything about one holder, on one page. */
export function Holder({ identifier, mayChange, mayFallBack }: HolderProps) {
  const { t } = useTranslation();
  const [keeping, setKeeping] = useState<Partial<HolderEntry>>();
  const { asked, again } = useAsked(consoleRoutes.holder, { holder: identifier }, everyMs);
  const name = asked.state === "answered" ? asked.answer.entries[0]?.displayName : undefined;
  return (
    <>
      <p>
        <Link href={addressOf("holders")}>
          <ArrowLeft aria-hidden size={16} /> {t("console.holder.back")}
        </Link>
      </p>
      <PageHead title={name ?? identifier} text={t("console.holder.text")} onRefresh={again}>
        {mayFallBack && (
          <Link className="as-button" href={addressOf("fallback", { holder: identifier })}>
            <Timer aria-hidden size={18} /> {t("console.holder.fallback")}
          </Link>
        )}
        {mayChange && asked.state === "answered" && (
          <button type="button" onClick={() => setKeeping(keptEntry(asked.answer))}>
            <Pencil aria-hidden size={18} />{" "}
            {t(keptEntry(asked.answer).key === undefined ? "console.keeping.here" : "console.keeping.edit")}
          </button>
        )}
      </PageHead>
      <AnswerOf asked={asked}>
        {(holder, receivedAt) => (
          <Facts key={holder.holder} view={holder} receivedAt={receivedAt}>
            <SecondFactors view={holder} receivedAt={receivedAt} mayReset={mayFallBack} onReset={again} />
          </Facts>
        )}
      </AnswerOf>
      {keeping !== undefined && (
        <PersonKeeping
          entry={keeping}
          onDone={() => {
            setKeeping(undefined);
            again();
          }}
          onCancel={() => setKeeping(undefined)}
        />
      )}
    </>
  );
}

/** The entry of the console's own source; where it has none, what one would begin as. */
function keptEntry({ holder, entries }: HolderView): Partial<HolderEntry> {
  return (
    entries.find(({ source }) => source === embeddedSource) ?? { holder, displayName: entries[0]?.displayName ?? "" }
  );
}

interface FactsProps {
  readonly view: HolderView;
  readonly receivedAt: number;
  readonly children: ReactNode;
}

function Facts({ view, receivedAt, children }: FactsProps) {
  const { t } = useTranslation();
  const { holder, standing, refusal, conflicts, entries, groups, activities, aliases } = view;
  return (
    <>
      <section aria-label={t("console.holder.counts")}>
        <p className="facts">
          <code>{holder}</code> <StandingBadge standing={standing} />
        </p>
        {refusal !== undefined && (
          <p className="notice" data-tone="bad">
            <strong>{t("console.holder.mayNot")}</strong> {refusal.detail} <code>{refusal.code}</code>
          </p>
        )}
        {conflicts.map(kind => (
          <p key={kind} className="notice">
            {t(`console.directory.conflictKinds.${kind}`)}
          </p>
        ))}
        <dl className="figures holder-facts">
          <Fact name={t("console.holder.groups")} values={groups} />
          <Fact name={t("console.holder.activities")} values={activities.map(({ label }) => label)} />
          {aliases.length > 0 && <Fact name={t("console.holder.aliases")} values={aliases} />}
        </dl>
      </section>
      <section aria-labelledby="session">
        <h2 id="session">{t("console.holder.session")}</h2>
        <OpenSession view={view} receivedAt={receivedAt} />
      </section>
      {children}
      <section aria-labelledby="entries">
        <h2 id="entries">{t("console.holder.entries")}</h2>
        {entries.length === 0 ? <p className="empty">{t("console.holder.noEntry")}</p> : <Entries entries={entries} />}
      </section>
    </>
  );
}

function Fact({ name, values }: { readonly name: string; readonly values: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{name}</dt>
      {values.length === 0 ? (
        <dd className="quiet">{t("console.holder.none")}</dd>
      ) : (
        values.map(value => <dd key={value}>{value}</dd>)
      )}
    </div>
  );
}

function OpenSession({ view, receivedAt }: { readonly view: HolderView; readonly receivedAt: number }) {
  const { t } = useTranslation();
  const now = useBrokerNow(view.now, receivedAt);
  const { session } = view;
  if (session === undefined) return <p className="empty">{t("console.holder.noSession")}</p>;
  const { means, seat, openedAt, expiresAt } = session;
  return (
    <p className="facts">
      <MeansBadge means={means} />
      <span>
        {seat === undefined
          ? t("console.holder.noSeat")
          : `${seat.workstationName}, ${t(`console.live.state.${seat.state}`)}`}
      </span>
      <span>
        {t("console.holder.opened")} <Moment at={openedAt} now={now} />, {t("console.holder.ends")}{" "}
        <Moment at={expiresAt} now={now} />
      </span>
    </p>
  );
}

function Entries({ entries }: { readonly entries: readonly HolderEntry[] }) {
  const { t } = useTranslation();
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("console.holders.source")}</th>
            <th scope="col">{t("console.holders.name")}</th>
            <th scope="col">{t("console.holders.standing")}</th>
            <th scope="col">{t("console.holder.groups")}</th>
            <th scope="col">{t("console.holder.activities")}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ source, key, displayName, account, mail, standing, groups, activities, gives }) => (
            <tr key={`${source} ${key}`}>
              <th scope="row">
                {source}
                <small>
                  <code>{key}</code>
                </small>
              </th>
              <td>
                {displayName}
                <small>{[account, mail].filter(text => text !== undefined).join(" · ")}</small>
              </td>
              <td>
                <StandingBadge standing={standing} />
                {standing === "gone" && <small>{t("console.holder.gone")}</small>}
                {standing === "active" && !gives && <small>{t("console.holder.doubtful")}</small>}
              </td>
              <td>{groups.join(", ")}</td>
              <td>{activities.map(({ label }) => label).join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
