import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FallbackView, IssuedFallback } from "../../../protocol/broker/console/fallback.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { PageHead } from "../components/page-head.tsx";
import { useBrokerNow } from "../components/use-broker-now.ts";
import { FallbackList } from "../fallback/fallback-list.tsx";
import { FallbackRatesSection } from "../fallback/fallback-rates.tsx";
import { HolderFallback } from "../fallback/holder-fallback.tsx";
import { HolderSearch } from "../fallback/holder-search.tsx";
import { LostCards } from "../fallback/lost-cards.tsx";
import { PasswordTold } from "../fallback/password-told.tsx";
import { Pauses } from "../fallback/pauses.tsx";
import type { PageProps } from "../pages.ts";
import { addressOf, goTo, useAddress } from "../use-address.ts";

const everyMs = 3_000;

/** Temporary access for those whose card is elsewhere: asked for, approved, issued, and taken back. */
export function FallbackPage({ roles }: PageProps) {
  const { t } = useTranslation();
  const { asked, again } = useAsked(consoleRoutes.fallback, {}, everyMs);
  // Kept here: the list is asked for anew, and might be refused, while somebody reads the password out.
  const [issued, setIssued] = useState<IssuedFallback>();
  const told = () => {
    setIssued(undefined);
    again();
    goTo(addressOf("fallback"));
  };
  return (
    <>
      <PageHead title={t("console.pages.fallback")} text={t("console.fallback.text")} onRefresh={again} />
      {issued === undefined ? (
        <AnswerOf asked={asked}>
          {(view, receivedAt) => (
            <Page view={view} receivedAt={receivedAt} roles={roles} onIssued={setIssued} again={again} />
          )}
        </AnswerOf>
      ) : (
        <section aria-label={t("console.fallback.readOut")}>
          <PasswordTold issued={issued} onTold={told} />
        </section>
      )}
    </>
  );
}

interface ShownProps extends PageProps {
  readonly view: FallbackView;
  readonly receivedAt: number;
  readonly onIssued: (issued: IssuedFallback) => void;
  readonly again: () => void;
}

function Page({ view, receivedAt, roles, onIssued, again }: ShownProps) {
  const { t } = useTranslation();
  const { filters } = useAddress();
  const now = useBrokerNow(view.now, receivedAt);
  const holder = filters.get("holder");
  const { offer, fallbacks, lostCards } = view;
  const mayIssue = roles.includes("helpdesk");
  if (offer !== undefined && mayIssue && holder !== null)
    return <HolderFallback holder={holder} offer={offer} onIssued={onIssued} onDone={again} />;
  return (
    <>
      {offer === undefined && <p className="notice">{t("console.fallback.notOffered")}</p>}
      {offer !== undefined && mayIssue && (
        <section aria-labelledby="who-calls">
          <h2 id="who-calls">{t("console.fallback.who")}</h2>
          <HolderSearch search={filters.get("search") ?? ""} />
        </section>
      )}
      <section aria-labelledby="present">
        <h2 id="present">{t("console.fallback.present")}</h2>
        <FallbackList fallbacks={fallbacks} now={now} onIssued={onIssued} onChanged={again} />
      </section>
      <Pauses mayEnd={mayIssue} />
      <section aria-labelledby="lost">
        <h2 id="lost">{t("console.fallback.lostCards")}</h2>
        <LostCards lostCards={lostCards} now={now} mayWithdraw={roles.includes("trust")} onChanged={again} />
      </section>
      <FallbackRatesSection now={now} />
    </>
  );
}
