import type { GlassIdentity, GlassReason } from "../break-glass/break-glass.ts";
import type { FailureCode } from "../errors/catalogue.ts";
import type { Challenge } from "../proof/challenge.ts";
import type { SecondFactor } from "../second-factor/second-factor.ts";
import type { Means } from "../session/means.ts";
import type { StageTimes } from "../session/watched-stages.ts";
import type { PinRenewal } from "./card-readers.ts";

export interface OfferedChallenge {
  readonly challenge: Challenge;
  readonly holder: { readonly displayName: string; readonly profession: string };
}

/** A sign-in whose first proof holds, and that waits for a second one. */
export interface OwedSecondFactor {
  readonly request: string;
  readonly holder: { readonly displayName: string; readonly profession: string };
  /** Those that the holder has registered: at least one. */
  readonly factors: readonly SecondFactor[];
}

export interface SessionApplication {
  readonly id: string;
  readonly name: string;
  readonly icon: string;
  /** On this workstation. */
  readonly open: boolean;
  /** The name of the workstation that it was left open at, where the session has moved and it is not open here yet. */
  readonly elsewhere?: string | undefined;
  readonly favourite?: boolean | undefined;
  /** When the holder opened it last at this place, milliseconds since 1970; absent where that is long ago. */
  readonly usedAt?: number | undefined;
  /** The portal's heading that it stands under. */
  readonly group?: string | undefined;
  /** Why it stays closed here, now, or by this means. */
  readonly unavailable?: ApplicationUnavailable | undefined;
  /** It is what this place is for: it starts with the session. */
  readonly starts?: boolean | undefined;
}

export type ApplicationUnavailable =
  | { readonly reason: "means" }
  | { readonly reason: "break-glass" }
  | { readonly reason: "policy"; readonly policy: string; readonly words: Readonly<Record<string, string>> };

/** One of the ways in which the holder practises, as he chooses it. */
export interface SessionActivity {
  readonly id: string;
  readonly label: string;
  readonly structureName?: string | undefined;
}

/** What the helpdesk gave to a holder without his card. */
export interface TemporaryAccess {
  /** Why, in the words of who issued it. */
  readonly reason: string;
  /** When it ends, milliseconds since 1970. */
  readonly until: number;
  /** Sign-ins left, beside the present one. */
  readonly left: number;
}

/** A glass that is broken in a session. */
export interface BrokenGlass extends GlassReason {
  /** When it ends, milliseconds since 1970. */
  readonly until: number;
  readonly identity: GlassIdentity;
}

/** Where an emergency access may be had. */
export interface GlassOffer {
  readonly minutes: number;
  /** By language. */
  readonly reasons: readonly { readonly id: string; readonly text: Readonly<Record<string, string>> }[];
  /** From the cover, too. */
  readonly withoutCard: boolean;
}

/** A session as the workstation with its seat sees it. Times in milliseconds since 1970. */
export interface SeatedSession {
  readonly session: string;
  readonly seat: string;
  readonly holder: { readonly id: string; readonly displayName: string; readonly profession: string };
  readonly means: Means;
  readonly openedAt: number;
  readonly expiresAt: number;
  readonly graceMs: number;
  /** Nobody has used the workstation for so long: the seat is covered. 0: never. */
  readonly idleMs: number;
  readonly applications: readonly SessionApplication[];
  readonly activities: readonly SessionActivity[];
  /** The identifier of the one that counts. Absent beside some: one has to be chosen before anything opens. */
  readonly activity?: string | undefined;
  /** What was chosen last, at whatever place. */
  readonly lastActivity?: string | undefined;
  readonly movedFrom?: { readonly workstationName: string; readonly at: number } | undefined;
  readonly resumed: boolean;
  /** Where a temporary password opened it: what is left. */
  readonly temporaryAccess?: TemporaryAccess | undefined;
  readonly breakGlass?: BrokenGlass | undefined;
  /** Told once, at the next sign-in by card: a temporary access was issued in the holder's name. */
  readonly temporaryAccessIssued?: { readonly by: string; readonly issuedAt: number } | undefined;
  /** Told once, at the next sign-in by card: what the holder signs in with from outside was changed. */
  readonly secondFactorsChanged?: { readonly at: number } | undefined;
}

export type CoverReason = "card-removed" | "card-inserted" | "locked-by-holder" | "idle";
export type SeatLossReason = "moved" | "ended" | "expired" | "withdrawn" | "other-holder" | "replaced";

export type BrokerEvent =
  | { readonly type: "connected" }
  | { readonly type: "disconnected"; readonly code: FailureCode }
  | {
      readonly type: "seat-lost";
      readonly seat: string;
      readonly reason: SeatLossReason;
      readonly at: number;
      readonly workstationName?: string | undefined;
    }
  /** What the session of this seat may open has changed. */
  | { readonly type: "session-changed"; readonly seat: string }
  /** An application asks for the PIN of the holder who sits here, again. */
  | { readonly type: "step-up-wanted"; readonly stepUp: string; readonly seat: string; readonly application: string }
  | { readonly type: "step-up-over"; readonly stepUp: string };

export interface WorkstationFacts {
  readonly workstation: string;
  readonly name: string;
  readonly place: string;
  readonly placeName: string;
  readonly helpdeskPhone: string;
  readonly demonstration: boolean;
  /** The federation that confirms on a person's phone, as it is called; absent where none is offered here. */
  readonly federation?: string | undefined;
  /** True where a temporary password of the helpdesk may count here. */
  readonly temporaryAccess?: boolean | undefined;
  /** True where the password that the directory knows opens a session here. */
  readonly directoryPassword?: boolean | undefined;
  readonly breakGlass?: GlassOffer | undefined;
}

export interface Refusal {
  /** Repeating a report with the same identifier (UUID) records nothing twice. */
  readonly report: string;
  /** What was refused. */
  readonly denied: "sign-in" | "pin-renewal" | "step-up";
  readonly code: FailureCode;
  /** SHA-256 of the certificate shown, hex. */
  readonly certificate?: string | undefined;
  readonly triesLeft?: number | undefined;
}

/** A card got a new PIN here; for the trail. */
export interface PinRenewed {
  readonly report: string;
  readonly renewed: PinRenewal;
}

/** What an agent says of its workstation, for the house's list of them. */
export interface WorkstationCondition {
  /** Names of the readers that are there. */
  readonly readers: readonly string[];
  /** Why there are none. */
  readonly trouble?: FailureCode | undefined;
  /** Words to the broker that wait for it. */
  readonly waiting: number;
}

/** The broker, as the agent sees it. Rejections are `Failure`s; an unreachable broker rejects within 5 s. */
export interface BrokerConnection {
  /** Tells connection changes and pushes from now on, the present connection state first. Returns the way to stop. */
  subscribe(listener: (event: BrokerEvent) => void): () => void;
  /** Which seat the agent believes in; told to the broker at every (re)connection. */
  believeSeat(seat: string | undefined): void;
  /** Connects anew, and so says again which seat the agent believes in. */
  renewLine(): void;
  describe(): Promise<WorkstationFacts>;
  challenge(certificate: Uint8Array, presenceAllowed: boolean): Promise<OfferedChallenge>;
  prove(nonce: string, proof: string, stages: Readonly<Record<string, number>>): Promise<SeatedSession>;
  /** Has the phone of this person ring: `bindingMessage` is for both screens. */
  askPhone(identifier: string): Promise<{ readonly request: string; readonly bindingMessage: string }>;
  /** Resolves with the session when the person has confirmed, however long it takes. */
  awaitPhone(request: string): Promise<SeatedSession>;
  /** Nobody waits for the phone any more. */
  cancelPhone(): Promise<void>;
  /** Name or identifier, and a password: the helpdesk's, or where it is offered the directory's. Its bytes, not kept. */
  signInWithPassword(who: string, password: Uint8Array): Promise<SeatedSession>;
  /** What the sign-in that waits here owes. Rejects with `second-factor-over` where none waits. */
  owedSecondFactor(): Promise<OwedSecondFactor>;
  /** The authenticator application's code: its digits' character codes, not kept. */
  proveByCode(request: string, code: Uint8Array): Promise<SeatedSession>;
  /** The broker's own page that asks for the security key: to be opened once, within a minute. */
  securityKeyPage(request: string): Promise<{ readonly page: string; readonly url: string }>;
  /** Resolves with the session when the key was used in that page, however long it takes. */
  awaitSecurityKey(request: string, page: string): Promise<SeatedSession>;
  /** The person has turned away from the sign-in that waits here. */
  abandonSecondFactor(): Promise<void>;
  /** Resolves when the PIN is being asked for; `session-changed` tells when the glass is broken. Rejects with `break-glass-refused`. */
  raiseGlass(seat: string, application: string, reason: GlassReason): Promise<void>;
  /** In a name that nobody proves. Rejects with `break-glass-refused`. */
  signInByGlass(who: string, reason: GlassReason): Promise<SeatedSession>;
  /** Repeating it changes nothing. */
  endGlass(seat: string): Promise<void>;
  stepUpChallenge(stepUp: string, certificate: Uint8Array): Promise<OfferedChallenge>;
  /** Answers the session as it is now, its seat unchanged. */
  stepUpProve(stepUp: string, nonce: string, proof: string): Promise<SeatedSession>;
  /** There will be no proof. Repeating it changes nothing. */
  refuseStepUp(stepUp: string, code: FailureCode, triesLeft: number | undefined): Promise<void>;
  /** `agoMs`: how long ago it was covered. The broker counts the grace window from then, however late the word arrives. */
  cover(seat: string, reason: CoverReason, agoMs: number): Promise<{ readonly graceUntil: number }>;
  end(seat: string): Promise<void>;
  launch(
    seat: string,
    application: string,
  ): Promise<{ readonly url: string; readonly application: SessionApplication }>;
  /** The session of an open seat as it is now. */
  describeSession(seat: string): Promise<SeatedSession>;
  /** Puts the session under another of its holder's activities; its applications are signed out. Rejects with `activity-not-registered`. */
  chooseActivity(seat: string, activity: string): Promise<SeatedSession>;
  keepFavourite(seat: string, application: string, favourite: boolean): Promise<void>;
  /** The holder closed an application himself. */
  applicationClosed(seat: string, application: string): Promise<void>;
  report(report: Refusal | PinRenewed): Promise<void>;
  /** How long stages took, milliseconds: for the hospital's stopwatch, which can do without. */
  measured(times: StageTimes): Promise<void>;
  /** Asked at every connection, and after `conditionChanged`. */
  describeCondition(condition: () => WorkstationCondition): void;
  conditionChanged(): void;
  close(): Promise<void>;
}
