import { z } from "zod";
import { glassIdentities, glassWords } from "../../core/break-glass/break-glass.ts";
import { allMeans } from "../../core/session/means.ts";

/** `means`: card and PIN would open it. `break-glass`: in an emergency its holder can open it. `policy`: a policy keeps it closed; its own words, by language, where it has some. */
const unavailable = z.discriminatedUnion("reason", [
  z.object({ reason: z.literal("means") }),
  z.object({ reason: z.literal("break-glass") }),
  z.object({ reason: z.literal("policy"), policy: z.string(), words: z.record(z.string(), z.string()) }),
]);

export const applicationTile = z.object({
  id: z.string(),
  name: z.string(),
  /** A name of the interface's one icon set. */
  icon: z.string(),
  /** Open within this session on this workstation. */
  open: z.boolean(),
  /** The name of the workstation that it was left open at, where the session has moved. */
  elsewhere: z.string().optional(),
  /** The holder's own mark. */
  favourite: z.boolean().optional(),
  /** When the holder opened it last at this place, where that is recent. */
  usedAt: z.number().optional(),
  /** The portal's heading that it stands under. */
  group: z.string().optional(),
  /** Why it stays closed here, now, or by this means. */
  unavailable: unavailable.optional(),
  /** It is what this place is for: it starts as soon as the session is open here. */
  starts: z.boolean().optional(),
});
export type ApplicationTile = z.infer<typeof applicationTile>;

export const holderDescription = z.object({
  /** The national identifier with its register prefix (PS_IdNat). */
  id: z.string(),
  displayName: z.string(),
  profession: z.string(),
});
export type HolderDescription = z.infer<typeof holderDescription>;

/** One of the ways in which the holder practises. */
export const activityDescription = z.object({
  id: z.string(),
  label: z.string(),
  structureName: z.string().optional(),
});
export type ActivityDescription = z.infer<typeof activityDescription>;

/** A session as the workstation that has its seat sees it. Times are milliseconds since 1970. */
export const sessionDescription = z.object({
  session: z.string(),
  seat: z.string(),
  holder: holderDescription,
  means: z.enum(allMeans),
  openedAt: z.number(),
  expiresAt: z.number(),
  /** How long after removal the card alone brings the session back, milliseconds. */
  graceMs: z.number(),
  /** Nobody has used the workstation for so long, milliseconds: the seat is covered. 0: never. */
  idleMs: z.number(),
  applications: z.array(applicationTile),
  /** The holder's; empty where none is registered. */
  activities: z.array(activityDescription),
  /** The identifier of the one that counts. Absent beside some: one has to be chosen before anything opens. */
  activity: z.string().optional(),
  /** The identifier of the one that was chosen last, at whatever place. */
  lastActivity: z.string().optional(),
  /** Present when the session came from elsewhere with this proof. */
  movedFrom: z.object({ workstationName: z.string(), at: z.number() }).optional(),
  /** True where the session was alive before this proof. */
  resumed: z.boolean(),
  /** Where a temporary password opened it: why, until when, and how many sign-ins are left beside this one. */
  temporaryAccess: z.object({ reason: z.string(), until: z.number(), left: z.number() }).optional(),
  /** While a glass is broken in it: why, until when, and whether anybody has proved who is there. */
  breakGlass: z
    .object({ kind: z.string(), words: z.string(), until: z.number(), identity: z.enum(glassIdentities) })
    .optional(),
  /** Told with the holder's next sign-in by card: a temporary access was issued in his name; `by` is who issued it, by name. */
  temporaryAccessIssued: z.object({ by: z.string(), issuedAt: z.number() }).optional(),
  /** Told with the holder's next sign-in by card: what he signs in with from outside changed, then. */
  secondFactorsChanged: z.object({ at: z.number() }).optional(),
});
export type SessionDescription = z.infer<typeof sessionDescription>;

/** Milliseconds per stage of one sign-in, for the hospital's stopwatch. */
export const stageTimes = z.record(z.string().max(40), z.number().nonnegative());

/** `POST /agent/v1/proofs`: answered by a `SessionDescription`. */
export const proofRequest = z.object({
  nonce: z.string(),
  /** RFC 7515 compact JWS of core/proof. */
  proof: z.string().max(24_000),
  stages: stageTimes,
});
export type ProofRequest = z.infer<typeof proofRequest>;

/** `POST /agent/v1/measured`: what was known only when the portal was there, or the cover. Answered by an empty object. */
export const measuredReport = z.object({ measured: stageTimes });

/** `POST /agent/v1/phone/ask`: the phone of this person is to ring. */
export const phoneAsk = z.object({ identifier: z.string().min(1).max(40) });
export const phoneAsked = z.object({
  request: z.string(),
  /** Two digits that both screens show. */
  bindingMessage: z.string(),
  expiresAt: z.number(),
});

/** `POST /agent/v1/phone/await`: answered when the person has confirmed, or after a while with no session. */
export const phoneAwait = z.object({ request: z.string().max(100) });
export const phoneAnswer = z.object({ session: sessionDescription.optional() });

/** `POST /agent/v1/password/sign-in`: answered by a `SessionDescription`. `password`: its bytes, UTF-8. */
export const passwordSignIn = z.object({
  who: z.string().min(1).max(100),
  password: z.array(z.number().int().min(0).max(255)).max(512),
});

/** Why, in an emergency: a kind that the workstation's description names, and words of his own. */
const glassReason = {
  kind: z.string().max(40),
  words: z.string().trim().min(glassWords.shortest).max(glassWords.longest),
};

/**
 * `POST /agent/v1/break-glass/raise`: for this application of an open seat. Answered by an empty object when the PIN is being asked for;
 * `session-changed` tells what came of it.
 */
export const glassRaise = z.object({ seat: z.string(), application: z.string().max(100), ...glassReason });
/** `POST /agent/v1/break-glass/sign-in`: in a name that nobody proves. Answered by a `SessionDescription`. */
export const glassSignIn = z.object({ who: z.string().min(1).max(100), ...glassReason });
/** `POST /agent/v1/break-glass/end`: answered by an empty object. Repeating it changes nothing. */
export const glassEnd = z.object({ seat: z.string() });

/** `POST /agent/v1/seats/cover`: the card is gone or the holder locked. Answered by `seatCovered`. Repeating it changes nothing. */
export const coverRequest = z.object({
  seat: z.string(),
  reason: z.enum(["card-removed", "card-inserted", "locked-by-holder", "idle"]),
  /** Milliseconds since the workstation covered it: the word may have waited for the broker. */
  agoMs: z.number().int().nonnegative(),
});
export type CoverRequest = z.infer<typeof coverRequest>;

export const seatCovered = z.object({ graceUntil: z.number() });
export type SeatCovered = z.infer<typeof seatCovered>;

/** `POST /agent/v1/sessions/end`: answered by an empty object. Repeating it changes nothing. */
export const endRequest = z.object({ seat: z.string() });

/** `POST /agent/v1/launches`. `url` is opened by the workstation within a minute, once; it carries a one-time ticket. */
export const launchRequest = z.object({ seat: z.string(), application: z.string() });
/** `POST /agent/v1/launches/closed`: takes a `launchRequest`, answered by an empty object. */
export const launchClosed = launchRequest;

/** `POST /agent/v1/sessions/describe`: an open seat's session as it is now. Answered by a `SessionDescription`. */
export const sessionRequest = z.object({ seat: z.string() });

/** `POST /agent/v1/sessions/activity`: answered by a `SessionDescription`. Choosing what is chosen already changes nothing. */
export const activityRequest = z.object({ seat: z.string(), activity: z.string().max(100) });

/** `POST /agent/v1/favourites`: answered by an empty object. Repeating it changes nothing. */
export const favouriteRequest = z.object({ seat: z.string(), application: z.string(), favourite: z.boolean() });

export const launchAnswer = z.object({ url: z.url(), application: applicationTile });
export type LaunchAnswer = z.infer<typeof launchAnswer>;

/** `POST /agent/v1/reports`: a refusal that happened on the workstation, for the trail. `report` makes repeats harmless. */
export const refusalReport = z.object({
  report: z.uuid(),
  denied: z.enum(["sign-in", "pin-renewal", "step-up"]),
  code: z.string().max(60),
  /** SHA-256 of the certificate shown, hex, where one was read. */
  certificate: z.string().max(64).optional(),
  triesLeft: z.number().int().min(0).max(99).optional(),
});
export type RefusalReport = z.infer<typeof refusalReport>;

/** `POST /agent/v1/reports`, too: a card got a new PIN on the workstation. */
export const pinRenewedReport = z.object({ report: z.uuid(), renewed: z.enum(["change", "unblock"]) });
export type PinRenewedReport = z.infer<typeof pinRenewedReport>;

export const workstationReport = z.union([refusalReport, pinRenewedReport]);
