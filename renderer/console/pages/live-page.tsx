import { Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LiveSession, LiveView, LiveWorkstation } from "../../../protocol/broker/console/live-view.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { MeansBadge } from "../../components/means-badge.tsx";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { Link } from "../components/link.tsx";
import { Moment } from "../components/moment.tsx";
import { PageHead } from "../components/page-head.tsx";
import { SessionEnd } from "../components/session-end.tsx";
import { useBrokerNow } from "../components/use-broker-now.ts";
import { WorkstationPresence } from "../components/workstation-presence.tsx";
import type { PageProps } from "../pages.ts";
import { addressOf, goTo, useAddress } from "../use-address.ts";

const everyMs = 5_000;

/** Who is where now: sessions with their seats, and the house's workstations. */
export function LivePage({ roles }: PageProps) {
  const { t } = useTranslation();
  const search = useAddress().filters.get("search") ?? "";
  const { asked, again } = useAsked(consoleRoutes.live, search === "" ? {} : { search }, everyMs);
  return (
    <>
      <PageHead title={t("console.pages.live")} text={t("console.live.text")} onRefresh={again}>
        <label className="search-field">
          <Search aria-hidden size={18} />
          <input
            type="search"
            value={search}
            maxLength={60}
            onChange={event => goTo(addressOf("live", { search: event.target.value }), true)}
            placeholder={t("console.live.search")}
            aria-label={t("console.live.search")}
          />
        </label>
      </PageHead>
      <AnswerOf asked={asked}>
        {(live, receivedAt) => (
          <Live live={live} receivedAt={receivedAt} mayEnd={roles.includes("helpdesk")} onChanged={again} />
        )}
      </AnswerOf>
    </>
  );
}

interface LiveProps {
  readonly live: LiveView;
  readonly receivedAt: number;
  readonly mayEnd: boolean;
  readonly onChanged: () => void;
}

function Live({ live, receivedAt, mayEnd, onChanged }: LiveProps) {
  const { t } = useTranslation();
  const now = useBrokerNow(live.now, receivedAt);
  return (
    <>
      <dl className="figures">
        <div>
          <dt>{t("console.live.sessions")}</dt>
          <dd>{live.sessionCount}</dd>
        </div>
        <div>
          <dt>{t("console.live.connected")}</dt>
          <dd>
            {live.connectedCount} <small>/ {live.workstationCount}</small>
          </dd>
        </div>
        <div>
          <dt>{t("console.live.since")}</dt>
          <dd>
            <Moment at={live.startedAt} now={now} />
          </dd>
        </div>
      </dl>
      <section aria-labelledby="sessions">
        <h2 id="sessions">{t("console.live.sessions")}</h2>
        {live.sessions.length === 0 ? (
          <p className="empty">{t("console.live.noSession")}</p>
        ) : (
          <Sessions sessions={live.sessions} now={now} mayEnd={mayEnd} onChanged={onChanged} />
        )}
        {live.sessionCount > live.sessions.length && (
          <p className="quiet">{t("console.live.first", { shown: live.sessions.length, all: live.sessionCount })}</p>
        )}
      </section>
      <section aria-labelledby="workstations">
        <h2 id="workstations">{t("console.live.workstations")}</h2>
        {live.workstations.length === 0 ? (
          <p className="empty">{t("console.live.noWorkstation")}</p>
        ) : (
          <Workstations workstations={live.workstations} now={now} />
        )}
      </section>
    </>
  );
}

interface SessionsProps extends Pick<LiveProps, "mayEnd" | "onChanged"> {
  readonly sessions: readonly LiveSession[];
  readonly now: number;
}

function Sessions({ sessions, now, mayEnd, onChanged }: SessionsProps) {
  const { t } = useTranslation();
  const [ending, setEnding] = useState<LiveSession["holder"]>();
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("console.live.holder")}</th>
            <th scope="col">{t("console.live.means")}</th>
            <th scope="col">{t("console.live.seat")}</th>
            <th scope="col">{t("console.live.opened")}</th>
            <th scope="col">{t("console.live.ends")}</th>
            {mayEnd && <th scope="col">{t("console.cards.acts")}</th>}
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ id, holder, means, seat, absentSince, openedAt, expiresAt, breakGlassUntil }) => (
            <tr key={id}>
              <th scope="row">
                <Link href={addressOf("holders", { holder: holder.id })}>{holder.displayName}</Link>
                <small>
                  {holder.profession} · <code>{holder.id}</code>
                </small>
              </th>
              <td>
                <MeansBadge means={means} />
                {breakGlassUntil !== undefined && means !== "break-glass" && <MeansBadge means="break-glass" />}
              </td>
              <td>
                {seat?.workstationName ?? t("console.live.noSeat")}
                <small>
                  {t(`console.live.state.${seat?.state ?? "away"}`)}{" "}
                  {absentSince !== undefined && <Moment at={absentSince} now={now} />}
                </small>
              </td>
              <td>
                <Moment at={openedAt} now={now} />
              </td>
              <td>
                <Moment at={expiresAt} now={now} />
              </td>
              {mayEnd && (
                <td>
                  <button
                    type="button"
                    onClick={() => setEnding(holder)}
                    aria-label={t("console.holderMore.endSessionOf", { name: holder.displayName })}
                  >
                    {t("console.holderMore.endSession")}
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {ending !== undefined && (
        <SessionEnd
          holder={ending.id}
          name={ending.displayName}
          onEnd={() => {
            setEnding(undefined);
            onChanged();
          }}
        />
      )}
    </div>
  );
}

function Workstations({
  workstations,
  now,
}: {
  readonly workstations: readonly LiveWorkstation[];
  readonly now: number;
}) {
  const { t } = useTranslation();
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("console.live.workstation")}</th>
            <th scope="col">{t("console.live.place")}</th>
            <th scope="col">{t("console.live.seen")}</th>
            <th scope="col">{t("console.live.enrolled")}</th>
          </tr>
        </thead>
        <tbody>
          {workstations.map(({ id, name, placeName, connected, seenAt, enrolledAt }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td>{placeName}</td>
              <td>
                <WorkstationPresence connected={connected} seenAt={seenAt} now={now} />
              </td>
              <td>
                <Moment at={enrolledAt} now={now} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
