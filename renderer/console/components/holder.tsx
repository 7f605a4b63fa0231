import { ArrowLeft, Pencil, Timer } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { embeddedSource, type HolderEntry, type HolderView } from "../../../protocol/broker/console/directory-view.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { HolderAccesses } from "../holder/holder-accesses.tsx";
import { HolderCards } from "../holder/holder-cards.tsx";
import { HolderSession } from "../holder/holder-session.tsx";
import { HolderTrail } from "../holder/holder-trail.tsx";
import type { PageProps } from "../pages.ts";
import { addressOf } from "../use-address.ts";
import { AnswerOf } from "./answer-of.tsx";
import { Link } from "./link.tsx";
import { PageHead } from "./page-head.tsx";
import { PersonKeeping } from "./person-keeping.tsx";
import { ScrollRegion } from "./scroll-region.tsx";
import { SecondFactors } from "./second-factors.tsx";
import { StandingBadge } from "./standing-badge.tsx";
import { useBrokerNow } from "./use-broker-now.ts";

const everyMs = 5_000;

interface HolderProps extends PageProps {
  readonly identifier: string;
}

/** Everything about one holder, on one page. */
export function Holder({ identifier, roles }: HolderProps) {
  const { t } = useTranslation();
  const [keeping, setKeeping] = useState<Partial<HolderEntry>>();
  const { asked, again } = useAsked(consoleRoutes.holder, { holder: identifier }, everyMs);
  const name = asked.state === "answered" ? asked.answer.entries[0]?.displayName : undefined;
  return (
    <>
      <p className="back">
        <Link href={addressOf("holders")}>
          <ArrowLeft aria-hidden size={16} /> {t("console.holder.back")}
        </Link>
      </p>
      <PageHead title={name ?? identifier} text={t("console.holder.text")} onRefresh={again}>
        {roles.includes("helpdesk") && (
          <Link className="as-button" href={addressOf("fallback", { holder: identifier })}>
            <Timer aria-hidden size={18} /> {t("console.holder.fallback")}
          </Link>
        )}
        {roles.includes("directory") && asked.state === "answered" && (
          <button type="button" onClick={() => setKeeping(keptEntry(asked.answer))}>
            <Pencil aria-hidden size={18} />{" "}
            {t(keptEntry(asked.answer).key === undefined ? "console.keeping.here" : "console.keeping.edit")}
          </button>
        )}
      </PageHead>
      <AnswerOf asked={asked}>
        {(holder, receivedAt) => (
          <Facts key={holder.holder} view={holder} receivedAt={receivedAt} roles={roles} onChanged={again}>
            <SecondFactors
              view={holder}
              receivedAt={receivedAt}
              mayReset={roles.includes("helpdesk")}
              onReset={again}
            />
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

interface FactsProps extends PageProps {
  readonly view: HolderView;
  readonly receivedAt: number;
  readonly onChanged: () => void;
  readonly children: ReactNode;
}

function Facts({ view, receivedAt, roles, onChanged, children }: FactsProps) {
  const { t } = useTranslation();
  const now = useBrokerNow(view.now, receivedAt);
  const name = view.entries[0]?.displayName ?? view.cards[0]?.holder.displayName ?? view.holder;
  const shared = { view, now, name, onChanged };
  const isHelpdesk = roles.includes("helpdesk");
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
      <HolderSession {...shared} mayEnd={isHelpdesk} />
      <HolderCards
        {...shared}
        mayReport={isHelpdesk || roles.includes("trust")}
        mayWithdraw={roles.includes("trust")}
      />
      <HolderAccesses {...shared} mayEndPause={isHelpdesk} />
      {children}
      <section aria-labelledby="entries">
        <h2 id="entries">{t("console.holder.entries")}</h2>
        {entries.length === 0 ? <p className="empty">{t("console.holder.noEntry")}</p> : <Entries entries={entries} />}
      </section>
      {roles.includes("auditor") && <HolderTrail holder={holder} />}
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

function Entries({ entries }: { readonly entries: readonly HolderEntry[] }) {
  const { t } = useTranslation();
  return (
    <ScrollRegion label={t("console.holder.entries")}>
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
    </ScrollRegion>
  );
}
