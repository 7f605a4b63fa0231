import { type DerElement, DerProblem, DerReader } from "./der-reader.ts";
import { readBoolean, readNamedBits } from "./der-values.ts";
import { readRdn } from "./distinguished-name.ts";
import { type GeneralName, readGeneralNames } from "./general-name.ts";

/** Bits 1 to 8 of ReasonFlags: every reason there is (RFC 5280, 4.2.1.13). */
export const allReasons = 0b1_1111_1110;

/** A DistributionPointName: names in full, or one RDN below the name of who issues the list. */
export type PointName =
  | { readonly kind: "full"; readonly names: readonly GeneralName[] }
  | { readonly kind: "relative"; readonly rdnKey: string };

/** One DistributionPoint of a certificate (RFC 5280, 4.2.1.13). */
export interface DistributionPoint {
  readonly name: PointName | undefined;
  /** Bit n is reason n. */
  readonly reasons: number;
  readonly listIssuer: readonly GeneralName[] | undefined;
}

/** IssuingDistributionPoint of a list (RFC 5280, 5.2.5). */
export interface IssuingDistributionPoint {
  readonly name: PointName | undefined;
  readonly onlyUsers: boolean;
  readonly onlyAuthorities: boolean;
  readonly onlyAttributes: boolean;
  readonly indirect: boolean;
  readonly reasons: number;
}

export function readDistributionPoints(value: Uint8Array): readonly DistributionPoint[] {
  const list = new DerReader(DerReader.single(value, 0x30).content);
  const points: DistributionPoint[] = [];
  while (!list.atEnd) {
    const one = new DerReader(list.read(0x30).content);
    const name = one.optional(0xa0);
    const reasons = one.optional(0x81);
    const issuer = one.optional(0xa2);
    one.end();
    if (name === undefined && issuer === undefined) throw new DerProblem("distribution point without a name");
    points.push({
      name: readPointName(name),
      reasons: readReasons(reasons),
      listIssuer: issuer === undefined ? undefined : readGeneralNames(issuer.content),
    });
  }
  if (points.length === 0) throw new DerProblem("no distribution points");
  return points;
}

export function readIssuingDistributionPoint(value: Uint8Array): IssuingDistributionPoint {
  const reader = new DerReader(DerReader.single(value, 0x30).content);
  if (reader.atEnd) throw new DerProblem("empty issuing distribution point");
  const name = reader.optional(0xa0);
  const flag = (tag: number) => {
    const element = reader.optional(tag);
    if (element !== undefined && !readBoolean({ ...element, tag: 0x01 })) throw new DerProblem("default value written");
    return element !== undefined;
  };
  const onlyUsers = flag(0x81);
  const onlyAuthorities = flag(0x82);
  const reasons = reader.optional(0x83);
  const indirect = flag(0x84);
  const onlyAttributes = flag(0x85);
  reader.end();
  if ([onlyUsers, onlyAuthorities, onlyAttributes].filter(Boolean).length > 1)
    throw new DerProblem("list for two kinds of certificates alone");
  return {
    name: readPointName(name),
    onlyUsers,
    onlyAuthorities,
    onlyAttributes,
    indirect,
    reasons: readReasons(reasons),
  };
}

function readPointName(wrapper: DerElement | undefined): PointName | undefined {
  if (wrapper === undefined) return undefined;
  const { tag, content } = DerReader.single(wrapper.content);
  if (tag === 0xa0) return { kind: "full", names: readGeneralNames(content) };
  if (tag === 0xa1) return { kind: "relative", rdnKey: readRdn(content).key };
  throw new DerProblem("distribution point name");
}

function readReasons(element: DerElement | undefined): number {
  if (element === undefined) return allReasons;
  let reasons = 0;
  for (const bit of readNamedBits({ ...element, tag: 0x03 })) reasons |= bit <= 8 ? 1 << bit : 0;
  return reasons & allReasons;
}
