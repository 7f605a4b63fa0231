import type { FailureCode } from "../errors/catalogue.ts";
import type { Challenge } from "../proof/challenge.ts";
import type { Means } from "../session/means.ts";
import type { PinRenewal } from "./card-readers.ts";

export interface OfferedChallenge {
  readonly challenge: Challenge;
  readonly holder: { readonly displayName: string; readonly profession: string };
}

export interface SessionApplication {
  readonly id: string;
  readonly name: string;
  readonly icon: string;
  readonly open: boolean;
  /** The portal's heading that it stands under. */
  readonly group?: string | undefined;
  /** Why it stays closed here, now, or by this means. */
  readonly unavailable?: ApplicationUnavailable | undefined;
  /** It is what this place is for: it starts with the session. */
  readonly starts?: boolean | undefined;
}

export type ApplicationUnavailable =
  | { readonly reason: "means" }
  | { readonly reason: "policy"; readonly policy: string; readonly words: Readonly<Record<string, string>> };

/** A session as the workstation with its seat sees it. Times in milliseconds since 1970. */
export interface SeatedSession {
  readonly session: string;
  readonly seat: string;
  readonly holder: { readonly id: string; readonly displayName: string; readonly profession: string };
  readonly means: Means;
  readonly openedAt: number;
  readonly expiresAt: number;
  readonly graceMs: number;
  readonly applications: readonly SessionApplication[];
  readonly movedFrom?: { readonly workstationName: string; readonly at: number } | undefined;
  readonly resumed: boolean;
}

export type CoverReason = "card-removed" | "locked-by-holder" | "idle";
export type SeatLossReason = "moved" | "ended" | "expired" | "withdrawn" | "other-holder";

export type BrokerEvent =
  | { readonly type: "connected" }
  | { readonly type: "disconnected"; readonly code: FailureCode }
  | {
      readonly type: "seat-lost";
      readonly seat: string;
      readonly reason: SeatLossReason;
      readonly at: number;
      readonly workstationName?: string | undefined;
    };

export interface WorkstationFacts {
  readonly workstation: string;
  readonly name: string;
  readonly place: string;
  readonly placeName: string;
  readonly helpdeskPhone: string;
  readonly demonstration: boolean;
}

export interface Refusal {
  /** Repeating a report with the same identifier (UUID) records nothing twice. */
  readonly report: string;
  /** What was refused. */
  readonly denied: "sign-in" | "pin-renewal";
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
  /** `agoMs`: how long ago it was covered. The broker counts the grace window from then, however late the word arrives. */
  cover(seat: string, reason: CoverReason, agoMs: number): Promise<{ readonly graceUntil: number }>;
  end(seat: string): Promise<void>;
  launch(
    seat: string,
    application: string,
  ): Promise<{ readonly url: string; readonly application: SessionApplication }>;
  /** The holder closed an application himself. */
  applicationClosed(seat: string, application: string): Promise<void>;
  report(report: Refusal | PinRenewed): Promise<void>;
  close(): Promise<void>;
}
