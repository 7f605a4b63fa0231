import { useTranslation } from "react-i18next";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { type SourceHealth, sourceHealths, type TrustView } from "../../../protocol/broker/console/trust-view.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { HealthBadge } from "../components/health-badge.tsx";
import { HolderAliases } from "../components/holder-aliases.tsx";
import { Link } from "../components/link.tsx";
import { Moment } from "../components/moment.tsx";
import { PageHead } from "../components/page-head.tsx";
import { RevocationSources } from "../components/revocation-sources.tsx";
import { TrustDomains } from "../components/trust-domains.tsx";
import { useBrokerNow } from "../components/use-broker-now.ts";
import type { PageProps } from "../pages.ts";
import { addressOf, useAddress } from "../use-address.ts";

const everyMs = 15_000;

/** What this broker trusts, and how old its revocation data are. */
export function TrustPage({ roles }: PageProps) {
  const { t } = useTranslation();
  const { asked, again } = useAsked(consoleRoutes.trust, {}, everyMs);
  return (
    <>
      <PageHead title={t("console.pages.trust")} text={t("console.trust.text")} onRefresh={again} />
      <AnswerOf asked={asked}>{(trust, receivedAt) => <Trust trust={trust} receivedAt={receivedAt} />}</AnswerOf>
      <HolderAliases mayChange={roles.includes("trust")} />
    </>
  );
}

function Trust({ trust, receivedAt }: { readonly trust: TrustView; readonly receivedAt: number }) {
  const { t } = useTranslation();
  const now = useBrokerNow(trust.now, receivedAt);
  const wanted = useAddress().filters.get("health");
  const shown = sourceHealths.find(health => health === wanted);
  const sources = trust.sources.filter(({ health }) => shown === undefined || health === shown);
  return (
    <>
      <section aria-labelledby="sources">
        <h2 id="sources">{t("console.trust.sources")}</h2>
        <HealthFilter trust={trust} shown={shown} />
        <RevocationSources sources={sources} all={trust.sources.length} now={now} />
      </section>
      <section aria-labelledby="document">
        <h2 id="document">{t("console.trust.document")}</h2>
        <p className="facts">
          <strong>
            {trust.version === 0 ? t("console.trust.plain") : t("console.trust.version", { version: trust.version })}
          </strong>
          {trust.appliedAt !== undefined && (
            <span>
              {t("console.trust.applied")} <Moment at={trust.appliedAt} now={now} />
            </span>
          )}
        </p>
        <TrustDomains domains={trust.domains} />
      </section>
    </>
  );
}

function HealthFilter({ trust, shown }: { readonly trust: TrustView; readonly shown: SourceHealth | undefined }) {
  const { t } = useTranslation();
  return (
    <nav className="filters" aria-label={t("console.trust.filter")}>
      <Link href={addressOf("trust")} aria-current={shown === undefined}>
        {t("console.trust.all", { count: trust.sources.length })}
      </Link>
      {sourceHealths.map(health => (
        <Link key={health} href={addressOf("trust", { health })} aria-current={shown === health}>
          <HealthBadge health={health} /> {trust.sources.filter(source => source.health === health).length}
        </Link>
      ))}
    </nav>
  );
}
