import { fromBase64 } from "../../core/bytes/base64.ts";
import { type Certificate, readCertificate } from "../../core/certificate/certificate.ts";
import { namedSources } from "../../core/trust-policy/named-sources.ts";
import type { TrustDocument, TrustDomain } from "../../core/trust-policy/trust-document.ts";
import { TrustedDomain, type VerdictPorts } from "../../core/trust-policy/trusted-domain.ts";
import type { RevocationKeeper } from "./revocation-keeper.ts";
import type { SourceState } from "./source-state.ts";

/** The certificates of a domain's authorities; the schema has seen to it that they can be read. */
export function authoritiesOf({ anchors, intermediates }: TrustDomain): readonly Certificate[] {
  return [...anchors.map(({ certificate }) => certificate), ...intermediates].map(text =>
    readCertificate(fromBase64(text) ?? new Uint8Array()),
  );
}

/**
 * Has a keeper serve a document's domains: from the sources that it names, from those that its authorities' certificates name,
 * and from those `known` of an earlier document or run that were learned from cards.
 */
export async function serveDocument(
  keeper: RevocationKeeper,
  { domains }: TrustDocument,
  known: readonly SourceState[],
): Promise<void> {
  await keeper.serve(
    domains.map(domain => ({
      id: domain.id,
      sources: domain.revocation.sources,
      authorities: authoritiesOf(domain).map(({ subject, publicKey }) => ({ name: subject.key, publicKey })),
    })),
  );
  for (const domain of domains.filter(({ revocation }) => revocation.sourcesOfCertificates)) {
    const learned = known.filter(({ origin, domains: used }) => origin === "certificate" && used.includes(domain.id));
    const named = authoritiesOf(domain).flatMap(authority => namedSources(authority).lists);
    await keeper.learn(domain.id, [...named, ...learned.map(({ address }) => address)]);
  }
}

/** The domains of a document with the lists that a keeper has now. */
export function preparedDomains(
  keeper: RevocationKeeper,
  { domains }: TrustDocument,
  ports: VerdictPorts,
): readonly TrustedDomain[] {
  return domains.map(domain => {
    const lists = keeper.listsOf(domain.id).map(({ der }) => der);
    return new TrustedDomain(domain, lists, ports);
  });
}
