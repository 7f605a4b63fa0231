import type { TrustDocument, TrustDomain } from "../../core/trust-policy/trust-document.ts";
import { profileOf } from "../../core/trust-policy/trust-document.ts";
import type { DomainRulesView, DomainView, TrustView } from "../../protocol/broker/console/trust-view.ts";
import type { CardTrust } from "../trust/card-trust.ts";
import { healthOf } from "../trust/source-state.ts";

/** The trust in force, and how old the data of each revocation source are. */
export function trustOverview(trust: CardTrust, appliedAt: number | undefined, now: number): TrustView {
  return {
    now,
    version: trust.document.version,
    ...(appliedAt === undefined ? {} : { appliedAt }),
    domains: trust.document.domains.map(domainOf),
    sources: trust.states().map(state => {
      const { address, domains, origin, answeredAt, nextFetchAt, data, trouble } = state;
      return { address, domains, origin, health: healthOf(state, now), answeredAt, nextFetchAt, data, trouble };
    }),
  };
}

export function domainRules({ domains }: TrustDocument): DomainRulesView {
  return { domains: domains.map(domain => ({ id: domain.id, profile: profileOf(domain) })) };
}

function domainOf(domain: TrustDomain): DomainView {
  const { id, anchors, families, revocation } = domain;
  return {
    id,
    anchors: anchors.length,
    ...(families === undefined ? {} : { families }),
    identity: profileOf(domain).name,
    whenOld: revocation.whenOld,
    ocsp: revocation.ocsp.use,
  };
}
