import { fromBase64, toBase64 } from "../../core/bytes/base64.ts";
import { type ProofKey, proofKeys } from "../../core/proof/proof-purpose.ts";
import type { Db, Writing } from "./store.ts";
import { sha256 } from "./trail-table.ts";

/** How long the certificate of a sign-in is kept, in milliseconds. */
export const recentCardMs = 24 * 3_600_000;

export interface RecentCard {
  /** DER. */
  readonly certificate: Uint8Array;
  readonly key: ProofKey;
  /** Of the latest sign-in with it, milliseconds since 1970. */
  readonly at: number;
}

/** Keeps one row a certificate. Those of yesterday are forgotten beside the way of a person who waits. */
export async function rememberCard(tx: Writing, { certificate, key, at }: RecentCard): Promise<void> {
  const certificate_hash = Buffer.from(sha256(certificate)).toString("base64url");
  await tx
    .insertInto("recent_card")
    .values({ certificate_hash, certificate: toBase64(certificate), proof_key: key, at })
    .onConflict(conflict => conflict.column("certificate_hash").doUpdateSet({ at, proof_key: key }))
    .execute();
}

export async function forgetOldCards(tx: Writing, now: number): Promise<void> {
  await tx
    .deleteFrom("recent_card")
    .where("at", "<=", now - recentCardMs)
    .execute();
}

/** The cards of the last 24 hours, the latest first. */
export async function recentCards(db: Db, now: number): Promise<readonly RecentCard[]> {
  const rows = await db
    .selectFrom("recent_card")
    .selectAll()
    .where("at", ">", now - recentCardMs)
    .orderBy("at", "desc")
    .execute();
  return rows.flatMap(({ certificate, proof_key, at }) => {
    const der = fromBase64(certificate);
    const key = proofKeys.find(known => known === proof_key);
    return der === undefined || key === undefined ? [] : [{ certificate: der, key, at }];
  });
}
