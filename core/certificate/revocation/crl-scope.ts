import type { Certificate } from "../certificate.ts";
import type { CertificateList } from "../certificate-list.ts";
import type { DistinguishedName } from "../distinguished-name.ts";
import {
  allReasons,
  type DistributionPoint,
  type IssuingDistributionPoint,
  type PointName,
} from "../distribution-points.ts";

/** A place where a certificate's status is to be found: one of its distribution points, or its issuer by itself. */
export interface ListPlace {
  /** Keys of the names that the list's own point may have. */
  readonly nameKeys: readonly string[];
  /** Bit n is reason n. */
  readonly reasons: number;
  /** Keys of who issues the list. */
  readonly issuers: readonly string[];
  /** Somebody else than the certificate's issuer was named: only an indirect list will do. */
  readonly isDelegated: boolean;
}

/**
 * Where to look (RFC 5280, 6.3.3): each distribution point, and then whatever the issuer itself publishes, unless the certificate
 * hands its status to another list issuer.
 */
export function listPlaces({ distributionPoints, issuer }: Certificate): readonly ListPlace[] {
  const places = (distributionPoints ?? []).map(point => placeOf(point, issuer));
  const own: ListPlace = {
    nameKeys: [`directoryName:${issuer.key}`],
    reasons: allReasons,
    issuers: [issuer.key],
    isDelegated: false,
  };
  return places.some(({ isDelegated }) => isDelegated) ? places : [...places, own];
}

function placeOf({ name, reasons, listIssuer }: DistributionPoint, issuer: DistinguishedName): ListPlace {
  const delegates = listIssuer?.flatMap(one => (one.form === "directoryName" ? [one.name] : []));
  const written =
    name === undefined ? (listIssuer?.map(({ key }) => key) ?? []) : keysOf(name, delegates?.[0] ?? issuer);
  return {
    nameKeys: written,
    reasons,
    issuers: delegates?.map(({ key }) => key) ?? [issuer.key],
    isDelegated: listIssuer !== undefined,
  };
}

function keysOf(name: PointName, above: DistinguishedName): readonly string[] {
  return name.kind === "full"
    ? name.names.map(({ key }) => key)
    : [`directoryName:${[...above.rdnKeys, name.rdnKey].join(",")}`];
}

/** Why a list does not speak for this certificate at this place (6.3.3 (b)); `undefined` where it does. */
export function scopeProblem(
  list: CertificateList,
  place: ListPlace,
  { isAuthority }: Certificate,
): string | undefined {
  const point = list.issuingDistributionPoint;
  if (!place.issuers.includes(list.issuer.key)) return "of another issuer";
  if (place.isDelegated && !point?.indirect) return "not indirect";
  if (point === undefined) return undefined;
  const own = point.name === undefined ? undefined : keysOf(point.name, list.issuer);
  if (own !== undefined && !own.some(key => place.nameKeys.includes(key))) return "of another distribution point";
  if (point.onlyUsers && isAuthority) return "for holders alone";
  if (point.onlyAuthorities && !isAuthority) return "for authorities alone";
  return point.onlyAttributes ? "for attribute certificates alone" : undefined;
}

export function reasonsOf(list: CertificateList): number {
  return list.issuingDistributionPoint?.reasons ?? allReasons;
}

/** True where both lists are about the same certificates and reasons: what a delta and its base must have in common (5.2.4). */
export function haveSameScope(a: CertificateList, b: CertificateList): boolean {
  return (
    a.issuer.key === b.issuer.key &&
    scopeKey(a.issuingDistributionPoint, a.issuer) === scopeKey(b.issuingDistributionPoint, b.issuer)
  );
}

function scopeKey(point: IssuingDistributionPoint | undefined, issuer: DistinguishedName): string {
  if (point === undefined) return "all";
  const { name, ...flags } = point;
  return JSON.stringify([name === undefined ? [] : [...keysOf(name, issuer)].sort(), flags]);
}
