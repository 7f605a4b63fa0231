import { Search, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { isFailureCode } from "../../../core/errors/catalogue.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import {
  type PlacedWorkstation,
  presences,
  type WorkstationsView,
} from "../../../protocol/broker/console/workstations.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { ChoiceField } from "../components/choice-field.tsx";
import { Link } from "../components/link.tsx";
import { PageHead } from "../components/page-head.tsx";
import { useBrokerNow } from "../components/use-broker-now.ts";
import { WorkstationPresence } from "../components/workstation-presence.tsx";
import type { PageProps } from "../pages.ts";
import { addressOf } from "../use-address.ts";
import { useFilters } from "../use-filters.ts";

const everyMs = 10_000;

/** The house's workstations: what each says of itself, and when it was seen. */
export function WorkstationsPage({ roles }: PageProps) {
  const { t } = useTranslation();
  const { written, change } = useFilters("workstations");
  const { search = "", place = "" } = written;
  const presence = presences.find(known => known === written["presence"]);
  const { asked, again } = useAsked(
    consoleRoutes.workstations,
    {
      ...(search === "" ? {} : { search }),
      ...(place === "" ? {} : { place }),
      ...(presence === undefined ? {} : { presence }),
    },
    everyMs,
  );
  const places = asked.state === "answered" ? asked.answer.places : [];
  return (
    <>
      <PageHead title={t("console.pages.workstations")} text={t("console.workstations.text")} onRefresh={again} />
      <section aria-label={t("console.workstations.filters")}>
        <div className="fields">
          <label>
            {t("console.workstations.search")}
            <span className="search-field">
              <Search aria-hidden size={18} />
              <input
                type="search"
                value={search}
                maxLength={60}
                onChange={event => change({ search: event.target.value })}
              />
            </span>
          </label>
          <ChoiceField
            label={t("console.workstations.place")}
            value={place}
            none={t("console.workstations.everywhere")}
            choices={places.map(({ id, name }) => ({ value: id, text: name }))}
            onChange={value => change({ place: value })}
          />
          <ChoiceField
            label={t("console.workstations.presence")}
            value={presence ?? ""}
            none={t("console.workstations.everyPresence")}
            choices={presences.map(value => ({ value, text: t(`console.workstations.presences.${value}`) }))}
            onChange={value => change({ presence: value })}
          />
        </div>
      </section>
      <section aria-label={t("console.pages.workstations")}>
        <AnswerOf asked={asked}>{(view, receivedAt) => <Found view={view} receivedAt={receivedAt} />}</AnswerOf>
        {roles.includes("applications") && (
          <p>
            <Link href={addressOf("places")}>{t("console.workstations.toPlaces")}</Link>
          </p>
        )}
      </section>
    </>
  );
}

function Found({ view, receivedAt }: { readonly view: WorkstationsView; readonly receivedAt: number }) {
  const { t } = useTranslation();
  const now = useBrokerNow(view.now, receivedAt);
  const { workstations, count, brokerVersion } = view;
  if (count === 0) return <p className="empty">{t("console.live.noWorkstation")}</p>;
  return (
    <div className="scroll">
      <table>
        <caption>
          {t("console.workstations.found", { count })}
          {count > workstations.length && ` – ${t("console.cards.first", { shown: workstations.length, all: count })}`}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t("console.workstations.workstation")}</th>
            <th scope="col">{t("console.workstations.seen")}</th>
            <th scope="col">{t("console.workstations.session")}</th>
            <th scope="col">{t("console.workstations.readers")}</th>
            <th scope="col">{t("console.workstations.version")}</th>
          </tr>
        </thead>
        <tbody>
          {workstations.map(workstation => (
            <Row key={workstation.id} workstation={workstation} now={now} brokerVersion={brokerVersion} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly workstation: PlacedWorkstation;
  readonly now: number;
  readonly brokerVersion: string;
}

function Row({ workstation, now, brokerVersion }: RowProps) {
  const { t } = useTranslation();
  const { name, placeName, connected, seenAt, session, version, host, waiting = 0 } = workstation;
  return (
    <tr>
      <th scope="row">
        {name}
        <small>{placeName}</small>
      </th>
      <td>
        <WorkstationPresence connected={connected} seenAt={seenAt} now={now} />
        {waiting > 0 && <small>{t("console.workstations.waitingWords", { count: waiting })}</small>}
      </td>
      <td>
        {session?.displayName ?? <span className="quiet">{t("console.workstations.nobody")}</span>}
        {session !== undefined && <small>{t(`console.live.state.${session.state}`)}</small>}
      </td>
      <td>
        <Readers workstation={workstation} />
      </td>
      <td>
        {version === undefined ? <span className="quiet">{t("console.workstations.unsaid")}</span> : version}
        {isHost(host) && <small>{t(`console.workstations.hosts.${host}`)}</small>}
        {version !== undefined && version !== brokerVersion && (
          <small className="trouble-text">{t("console.workstations.otherVersion", { version: brokerVersion })}</small>
        )}
      </td>
    </tr>
  );
}

function Readers({ workstation: { readers, trouble } }: Pick<RowProps, "workstation">) {
  const { t } = useTranslation();
  if (readers === undefined) return <span className="quiet">{t("console.workstations.unsaid")}</span>;
  if (trouble !== undefined || readers.length === 0)
    return (
      <span className="badge" data-health="late">
        <TriangleAlert aria-hidden size={16} />{" "}
        {trouble !== undefined && isFailureCode(trouble)
          ? t(`failures.${trouble}.title`)
          : t("console.workstations.noReader")}
      </span>
    );
  return readers.map(reader => <div key={reader}>{reader}</div>);
}

function isHost(host: string | undefined): host is "kiosk" | "desktop" | "none" {
  return host === "kiosk" || host === "desktop" || host === "none";
}
