import type { Selectable } from "kysely";
import { toHex } from "../../core/bytes/hex.ts";
import { readCertificate } from "../../core/certificate/certificate.ts";
import { nameText } from "../../core/certificate/name-text.ts";
import type { SessionHolder } from "../../core/session/session.ts";
import { type CardStanding, cardStandings } from "../../protocol/broker/console/cards.ts";
import { containing } from "./containing.ts";
import type { Schema } from "./schema.ts";
import type { Db, Writing } from "./store.ts";
import { sha256 } from "./trail-table.ts";

/** How long a card is remembered after its last sign-in, milliseconds: as long as what it said of its holder. */
const rememberedMs = 400 * 24 * 3_600_000;
/** How soon a card that will not be good any more is a worry. */
const expiresSoonMs = 90 * 24 * 3_600_000;

export interface KnownCard {
  /** PS_IdNat. */
  readonly holder: string;
  readonly holderName: string;
  readonly family?: string;
  /** For people to read. */
  readonly issuer: string;
  /** Hex. */
  readonly serial: string;
  readonly notAfter: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly standing: CardStanding;
}

/** A card has signed its holder in: its certificate is read where it is seen for the first time, and not kept. */
export async function sawCard(tx: Writing, der: Uint8Array, holder: SessionHolder, at: number): Promise<void> {
  const certificate_hash = Buffer.from(sha256(der)).toString("base64url");
  const person = { holder: holder.id, holder_name: holder.displayName, family: holder.cardFamily ?? null };
  const { numUpdatedRows } = await tx
    .updateTable("known_card")
    .set({ ...person, last_seen: at })
    .where("certificate_hash", "=", certificate_hash)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  const { issuer, serial, notBefore, notAfter } = readCertificate(der);
  await tx
    .insertInto("known_card")
    .values({
      certificate_hash,
      ...person,
      issuer: nameText(issuer),
      // As people find it in other programs: a leading zero byte is only the sign.
      serial: toHex(serial).replace(/^00(?=.)/, ""),
      not_before: notBefore,
      not_after: notAfter,
      first_seen: at,
      last_seen: at,
    })
    .execute();
}

export async function forgetUnseenCards(tx: Writing, now: number): Promise<void> {
  await tx
    .deleteFrom("known_card")
    .where("last_seen", "<=", now - rememberedMs)
    .execute();
}

interface Looking {
  readonly now: number;
  readonly most: number;
  /** Absent: all. */
  readonly standing?: CardStanding | undefined;
  /** A part of a name, identifier or serial number. */
  readonly search?: string | undefined;
  /** PS_IdNat: this holder's alone. */
  readonly holder?: string | undefined;
}

type Joined = Selectable<Schema["known_card"]> & { readonly reported_at: number | null };

/** Cards that fit, the first to expire first, and how many there are. */
export async function findCards(db: Db, looking: Looking): Promise<{ count: number; cards: readonly KnownCard[] }> {
  const { now, most, standing, search, holder } = looking;
  let found = db
    .selectFrom("known_card")
    .leftJoin("lost_card", joined =>
      joined
        .onRef("lost_card.holder", "=", "known_card.holder")
        .onRef("lost_card.reported_at", ">=", "known_card.not_before"),
    );
  if (holder !== undefined) found = found.where("known_card.holder", "=", holder);
  if (search !== undefined && search !== "")
    found = found.where(where =>
      where.or([
        containing("known_card.holder_name", search),
        containing("known_card.holder", search),
        containing("known_card.serial", search),
      ]),
    );
  if (standing !== undefined)
    found = found.where(({ eb, and }) => {
      const soon = now + expiresSoonMs;
      // A lost card is refused, whatever else it is.
      const lost = eb("lost_card.reported_at", "is not", null);
      const notLost = eb("lost_card.reported_at", "is", null);
      switch (standing) {
        case "lost":
          return lost;
        case "expired":
          return and([notLost, eb("known_card.not_after", "<=", now)]);
        case "expiring":
          return and([notLost, eb("known_card.not_after", ">", now), eb("known_card.not_after", "<=", soon)]);
        case "good":
          return and([notLost, eb("known_card.not_after", ">", soon)]);
        default:
          return standing satisfies never;
      }
    });
  const { count } = await found.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
  const rows = await found
    .selectAll("known_card")
    .select("lost_card.reported_at")
    .orderBy("known_card.not_after")
    .limit(most)
    .execute();
  return { count: Number(count), cards: rows.map(row => read(row, now)) };
}

/** How many cards stand how. */
export async function cardCounts(db: Db, now: number): Promise<Readonly<Record<CardStanding, number>>> {
  const counted = await Promise.all(
    cardStandings.map(async standing => [standing, (await findCards(db, { now, most: 0, standing })).count] as const),
  );
  return Object.fromEntries(counted) as Record<CardStanding, number>;
}

function read(row: Joined, now: number): KnownCard {
  const { holder, holder_name: holderName, family, issuer, serial, not_after: notAfter } = row;
  return {
    holder,
    holderName,
    ...(family === null ? {} : { family }),
    issuer,
    serial,
    notAfter,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    standing: standingOf(row, now),
  };
}

function standingOf({ reported_at, not_after }: Joined, now: number): CardStanding {
  if (reported_at !== null) return "lost";
  if (not_after <= now) return "expired";
  return not_after <= now + expiresSoonMs ? "expiring" : "good";
}
