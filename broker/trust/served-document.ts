import { fromBase64 } from "../../core/bytes/base64.ts";
import { type Certificate, readCertificate } from "../../core/certificate/certificate.ts";
import type { SignatureMemory } from "../../core/certificate/path/signature-memory.ts";
import type { SignatureVerifier } from "../../core/ports/signature-verifier.ts";
import { namedSources } from "../../core/trust-policy/named-sources.ts";
import type { TrustDocument, TrustDomain } from "../../core/trust-policy/trust-document.ts";
import { TrustedDomain, type VerdictPorts } from "../../core/trust-policy/trusted-domain.ts";
import type { RevocationKeeper } from "./revocation-keeper.ts";
import type { SourceState } from "./source-state.ts";

/** The certificates of a domain's authorities. */
export interface DomainAuthorities {
  readonly anchors: readonly Certificate[];
  /** The anchors among them. */
  readonly all: readonly Certificate[];
}

const known = new WeakMap<TrustDomain, DomainAuthorities>();

/** The schema has seen to it that they can be read; they are read once. */
export function authoritiesOf(domain: TrustDomain): DomainAuthorities {
  const present = known.get(domain);
  if (present !== undefined) return present;
  const read = (text: string) => readCertificate(fromBase64(text) ?? new Uint8Array());
  const anchors = domain.anchors.map(({ certificate }) => read(certificate));
  const authorities = { anchors, all: [...anchors, ...domain.intermediates.map(read)] };
  known.set(domain, authorities);
  return authorities;
}

/** The authority of a domain that signed a certificate; `undefined` where none did. */
export function issuerOf(
  { issuer, signatureScheme, signedBytes, signature }: Certificate,
  domain: TrustDomain,
  signatures: SignatureVerifier,
): Certificate | undefined {
  if (signatureScheme === undefined) return undefined;
  return authoritiesOf(domain).all.find(
    ({ subject, publicKey }) =>
      subject.key === issuer.key && signatures.verify(signatureScheme, publicKey, signedBytes, signature),
  );
}

/**
 * Has a keeper serve a document's domains: from the sources that it names, from those that its authorities' certificates name,
 * and from those `recorded` of an earlier document or run that were learned from cards.
 */
export async function serveDocument(
  keeper: RevocationKeeper,
  { domains }: TrustDocument,
  recorded: readonly SourceState[],
): Promise<void> {
  await keeper.serve(
    domains.map(domain => ({
      id: domain.id,
      sources: domain.revocation.sources,
      authorities: authoritiesOf(domain).all.map(({ subject, publicKey }) => ({ name: subject.key, publicKey })),
    })),
  );
  for (const domain of domains.filter(({ revocation }) => revocation.sourcesOfCertificates)) {
    const learned = recorded.filter(
      ({ origin, domains: used }) => origin === "certificate" && used.includes(domain.id),
    );
    const named = authoritiesOf(domain).all.flatMap(authority => namedSources(authority).lists);
    await keeper.learn(domain.id, [...named, ...learned.map(({ address }) => address)]);
  }
}

/** The domains of a document with the lists that a keeper has now. */
export function preparedDomains(
  keeper: RevocationKeeper,
  { domains }: TrustDocument,
  ports: VerdictPorts,
  signatures: SignatureMemory,
): readonly TrustedDomain[] {
  return domains.map(domain => new TrustedDomain(domain, keeper.listsOf(domain.id), ports, signatures));
}
