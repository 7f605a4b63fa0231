import type { SecondFactor } from "../second-factor/second-factor.ts";
import type { Activity } from "./activity.ts";
import type { Means } from "./means.ts";

export interface SessionHolder {
  /** PS_IdNat. */
  readonly id: string;
  readonly displayName: string;
  readonly givenName?: string | undefined;
  readonly familyName?: string | undefined;
  readonly profession: string;
  readonly professionCode: number | undefined;
  /** A speciality code, where the certificate's rules find one. */
  readonly speciality?: string | undefined;
  /** Struct_IdNat, where the card names one. */
  readonly structure?: string | undefined;
  readonly structureName?: string | undefined;
  /** Of the card shown, table G02. */
  readonly cardFamily?: string | undefined;
}

/** The session's presence on one workstation. */
export interface Seat {
  readonly id: string;
  readonly workstation: string;
  readonly state: "open" | "covered";
}

/** A holder's roaming session. Times are milliseconds since 1970. */
export interface Session {
  readonly id: string;
  readonly holder: SessionHolder;
  /** Of the latest proof. */
  readonly means: Means;
  /** Of the latest proof that took a seat, where one alone was not enough. */
  readonly secondFactor?: SecondFactor | undefined;
  /** The glass that is broken in it: until then, applications open to break-glass are its own, too. */
  readonly breakGlass?: { readonly id: string; readonly until: number } | undefined;
  /** The activity that it stands under: rights and claims follow it. Absent: none is registered, or none is chosen yet. */
  readonly activity?: Activity | undefined;
  readonly openedAt: number;
  /** When the latest proof was accepted: `auth_time` of OpenID Connect. */
  readonly provenAt: number;
  readonly expiresAt: number;
  readonly seat: Seat | undefined;
  /** Since when the card is known to be away; `undefined` while its seat is open. */
  readonly absentSince: number | undefined;
}

/**
 * `withdrawn`: the directory, or the helpdesk, says that its holder may not be there any more. `replaced`: its holder has opened
 * another session by other means.
 */
export type SeatLossReason = "moved" | "ended" | "expired" | "withdrawn" | "other-holder" | "replaced";

/** A seat that a workstation has to give up. */
export interface LostSeat {
  readonly seat: string;
  readonly workstation: string;
  readonly reason: SeatLossReason;
}
