import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BreakGlassView, GlassEntry } from "../../../protocol/broker/console/break-glass.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";
import { useAsked } from "../asking/use-asked.ts";
import { GlassList } from "../break-glass/glass-list.tsx";
import { GlassReview } from "../break-glass/glass-review.tsx";
import { AnswerOf } from "../components/answer-of.tsx";
import { PageHead } from "../components/page-head.tsx";
import { ReasonedAct } from "../components/reasoned-act.tsx";
import { useBrokerNow } from "../components/use-broker-now.ts";
import type { PageProps } from "../pages.ts";

const everyMs = 3_000;

/** Emergency access: what is open now, what waits for a review, and what was found. */
export function BreakGlassPage({ roles }: PageProps) {
  const { t } = useTranslation();
  const { asked, again } = useAsked(consoleRoutes.breakGlass, {}, everyMs);
  return (
    <>
      <PageHead title={t("console.pages.break-glass")} text={t("console.breakGlass.text")} onRefresh={again} />
      <AnswerOf asked={asked}>
        {(view, receivedAt) => <Page view={view} receivedAt={receivedAt} roles={roles} again={again} />}
      </AnswerOf>
    </>
  );
}

interface ShownProps extends PageProps {
  readonly view: BreakGlassView;
  readonly receivedAt: number;
  readonly again: () => void;
}

function Page({ view, receivedAt, roles, again }: ShownProps) {
  const { t } = useTranslation();
  const now = useBrokerNow(view.now, receivedAt);
  const [revoking, setRevoking] = useState<GlassEntry>();
  const [reviewing, setReviewing] = useState<GlassEntry>();
  const shared = { now, withTrail: roles.includes("auditor"), onRevoke: setRevoking, onReview: setReviewing };
  const isClosed = ({ state }: GlassEntry) => state === "reviewed";
  return (
    <>
      {!view.offered && <p className="notice">{t("console.breakGlass.notOffered")}</p>}
      <section aria-labelledby="to-review">
        <h2 id="to-review">{t("console.breakGlass.toReview")}</h2>
        <GlassList
          glasses={view.glasses.filter(one => !isClosed(one))}
          none={t("console.breakGlass.noneToReview")}
          {...shared}
        />
      </section>
      <section aria-labelledby="reviewed">
        <h2 id="reviewed">{t("console.breakGlass.reviewed")}</h2>
        <GlassList glasses={view.glasses.filter(isClosed)} none={t("console.breakGlass.noneReviewed")} {...shared} />
      </section>
      {reviewing !== undefined && (
        <GlassReview
          entry={reviewing}
          onEnd={() => {
            setReviewing(undefined);
            again();
          }}
        />
      )}
      {revoking !== undefined && (
        <ReasonedAct
          title={t("console.breakGlass.revokeOf", { name: revoking.holder.displayName })}
          doIt={t("console.breakGlass.revoke")}
          act={async reason => {
            await ask(consoleRoutes.revokeGlass, { id: revoking.id, reason });
            return undefined;
          }}
          onEnd={() => {
            setRevoking(undefined);
            again();
          }}
        >
          <p>{t("console.breakGlass.revokeDoes")}</p>
        </ReasonedAct>
      )}
    </>
  );
}
