import { X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import {
  revocationPolicy,
  type TrustDocument,
  trustDocument,
  trustDomain,
} from "../../core/trust-policy/trust-document.ts";

/**
 * The trust part of the broker's configuration: one authority, its certificates in files, and the keys whose bundles take its
 * place. Revocation lists come from files alone unless it says more.
 */
export const trustConfiguration = trustDomain
  .omit({ id: true, anchors: true, intermediates: true })
  .extend({
    /** PEM or DER. */
    anchors: z.array(z.string()).default([]),
    intermediates: z.array(z.string()).default([]),
    crls: z.array(z.string()).default([]),
    revocation: revocationPolicy.prefault({ sourcesOfCertificates: false, ocsp: { use: "never" } }),
    /** Public keys (PEM) that sign trust bundles. */
    bundleKeys: z.array(z.string()).default([]),
  })
  .refine(({ anchors, bundleKeys }) => anchors.length + bundleKeys.length > 0, {
    path: ["anchors"],
    message: "neither anchors nor keys of bundles: nobody could sign in",
  });
export type TrustConfiguration = z.output<typeof trustConfiguration>;

/** With its files made absolute. */
export function trustFrom(file: string, trust: TrustConfiguration): TrustConfiguration {
  const from = (path: string) => resolve(dirname(file), path);
  return {
    ...trust,
    anchors: trust.anchors.map(from),
    intermediates: trust.intermediates.map(from),
    crls: trust.crls.map(from),
    bundleKeys: trust.bundleKeys.map(from),
  };
}

/** What the configuration trusts as a document, version 0; `undefined` where it names no anchor. Throws where a file cannot be read. */
export function plainDocument(trust: TrustConfiguration): TrustDocument | undefined {
  const { anchors, intermediates, crls, bundleKeys: _keys, revocation, ...domain } = trust;
  if (anchors.length === 0) return undefined;
  const lists = crls.map(file => pathToFileURL(file).href);
  return trustDocument.parse({
    version: 0,
    domains: [
      {
        ...domain,
        id: "configured",
        anchors: anchors.map(file => ({ certificate: certificateIn(file) })),
        intermediates: intermediates.map(certificateIn),
        revocation: { ...revocation, sources: [...lists, ...revocation.sources] },
      },
    ],
  });
}

/** Changes when one of the certificates' files does. */
export function stampOf({ anchors, intermediates }: TrustConfiguration): string {
  return [...anchors, ...intermediates].map(file => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0).join();
}

function certificateIn(file: string): string {
  return new X509Certificate(readFileSync(file)).raw.toString("base64");
}
