import type { Certificate } from "../certificate/certificate.ts";
import { DerProblem, DerReader } from "../certificate/der-reader.ts";
import { readObjectIdentifier } from "../certificate/der-values.ts";
import { readDistributionPoints } from "../certificate/distribution-points.ts";
import { readGeneralName } from "../certificate/general-name.ts";

const freshestCrl = "2.5.29.46";
const authorityInformation = "1.3.6.1.5.5.7.1.1";
const ocspMethod = "1.3.6.1.5.5.7.48.1";

/** Where a certificate says that news of it can be had. */
export interface NamedSources {
  /** Addresses of complete and delta lists, in the order written. */
  readonly lists: readonly string[];
  readonly ocsp: readonly string[];
}

/**
 * The addresses in CRL distribution points, freshest CRL and authority information access (RFC 5280, 4.2.1.13, 4.2.1.15,
 * 4.2.2.1). To be read from certificates of a verified path only: whoever writes them has the broker fetch from there.
 */
export function namedSources(certificate: Certificate): NamedSources {
  const freshest = certificate.extensions.get(freshestCrl)?.value;
  const points = [
    ...(certificate.distributionPoints ?? []),
    ...readOr([], () => (freshest === undefined ? [] : readDistributionPoints(freshest))),
  ];
  const lists = points.flatMap(({ name }) =>
    name?.kind !== "full"
      ? []
      : name.names.flatMap(one =>
          one.form === "uniformResourceIdentifier" && isListAddress(one.text) ? [one.text] : [],
        ),
  );
  return { lists: [...new Set(lists)], ocsp: readOr([], () => responders(certificate)) };
}

function isListAddress(address: string): boolean {
  return /^(https?|ldaps?):\/\/[^/]/i.test(address);
}

function responders(certificate: Certificate): string[] {
  const value = certificate.extensions.get(authorityInformation)?.value;
  if (value === undefined) return [];
  const list = new DerReader(DerReader.single(value, 0x30).content);
  const found: string[] = [];
  while (!list.atEnd) {
    const access = new DerReader(list.read(0x30).content);
    const method = readObjectIdentifier(access.read(0x06));
    const location = readGeneralName(access.read());
    access.end();
    if (method !== ocspMethod || location.form !== "uniformResourceIdentifier") continue;
    if (/^https?:\/\/[^/]/i.test(location.text)) found.push(location.text);
  }
  return found;
}

function readOr<Value>(otherwise: Value, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerProblem) return otherwise;
    throw error;
  }
}
