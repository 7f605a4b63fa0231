import { z } from "zod";
import { glassIdentities } from "../../core/break-glass/break-glass.ts";
import { type FailureCode, isFailureCode } from "../../core/errors/catalogue.ts";
import { allSecondFactors } from "../../core/second-factor/second-factor.ts";
import { allMeans } from "../../core/session/means.ts";

const failureCode = z.string().refine((text): text is FailureCode => isFailureCode(text));

const person = z.object({ displayName: z.string(), profession: z.string() });

/** Why an application that is the holder's stays closed: card and PIN would open it, an emergency would, or a policy has words for it, by language. */
const unavailable = z.discriminatedUnion("reason", [
  z.object({ reason: z.literal("means") }),
  z.object({ reason: z.literal("break-glass") }),
  z.object({ reason: z.literal("policy"), words: z.record(z.string(), z.string()) }),
]);

export const tile = z.object({
  id: z.string(),
  name: z.string(),
  icon: z.string(),
  /** On this workstation. */
  open: z.boolean(),
  /** The name of the workstation that it was left open at. */
  elsewhere: z.string().optional(),
  favourite: z.boolean().optional(),
  /** When the holder opened it last at this place, milliseconds since 1970; absent where that is long ago. */
  usedAt: z.number().optional(),
  /** The heading that it stands under. */
  group: z.string().optional(),
  unavailable: unavailable.optional(),
});
export type Tile = z.infer<typeof tile>;

/** What the drawing of card and reader shows. */
export const readerView = z.discriminatedUnion("state", [
  z.object({ state: z.literal("trouble"), code: failureCode }),
  z.object({ state: z.literal("no-reader") }),
  z.object({ state: z.literal("empty") }),
  z.object({ state: z.literal("card-in") }),
]);
export type ReaderView = z.infer<typeof readerView>;

/** A message that stays a while on whatever screen is shown. Times are milliseconds since 1970. */
export const receipt = z.discriminatedUnion("kind", [
  /** The session that was here sits elsewhere now. */
  z.object({ kind: z.literal("moved-away"), holder: z.string(), to: z.string(), at: z.number() }),
  /** The session came here from another workstation. */
  z.object({ kind: z.literal("resumed-here"), from: z.string(), at: z.number(), applications: z.array(z.string()) }),
  z.object({ kind: z.literal("unlocked-here"), at: z.number() }),
  z.object({
    kind: z.literal("ended"),
    holder: z.string(),
    at: z.number(),
    reason: z.enum(["ended", "expired", "withdrawn", "replaced"]),
  }),
  /** Another person took the workstation; the first one's session is alive. */
  z.object({ kind: z.literal("person-changed"), holder: z.string(), at: z.number() }),
  /** The holder is told of it when his card is back; `by`: who issued it, by name. */
  z.object({ kind: z.literal("temporary-access-issued"), by: z.string(), issuedAt: z.number(), at: z.number() }),
  /** What the holder signs in with from outside was changed. */
  z.object({ kind: z.literal("second-factors-changed"), changedAt: z.number(), at: z.number() }),
  z.object({ kind: z.enum(["pin-changed", "pin-unblocked"]), at: z.number() }),
]);
export type Receipt = z.infer<typeof receipt>;

/** The name of the application that asks for the PIN again, in an open session; absent where the PIN opens one. */
const askedBy = z.string().optional();

export const screen = z.discriminatedUnion("name", [
  /** Nobody sits here. */
  z.object({ name: z.literal("cover") }),
  /** A seat is here, its card is gone: opaque. `graceUntil` is when the card alone stops being enough. */
  z.object({
    name: z.literal("covered"),
    holder: z.string(),
    since: z.number(),
    graceUntil: z.number().optional(),
  }),
  /** Something is happening that takes a moment. */
  z.object({ name: z.literal("working"), stage: z.enum(["reading", "asking", "proving", "opening"]) }),
  z.object({
    name: z.literal("pin"),
    holder: person,
    triesLeft: z.number(),
    minimumLength: z.number(),
    maximumLength: z.number(),
    /** Counts up at every new question, so that the window starts with an empty field. */
    question: z.number(),
    problem: z.enum(["pin-wrong", "pin-malformed"]).optional(),
    /** True where the last try has to be confirmed before the field opens. */
    confirmLastTry: z.boolean(),
    /** True where it is typed on the reader's own keys, when the person says so. */
    onReader: z.literal(true).optional(),
    askedBy,
  }),
  /** The reader waits for the PIN on its own keys. */
  z.object({ name: z.literal("pin-pad"), holder: person, triesLeft: z.number(), askedBy }),
  /** Somebody without his card says who he is: a federation may have it confirmed on his phone. */
  z.object({
    name: z.literal("identifier"),
    /** Counts up at every new question. */
    question: z.number(),
    problem: failureCode.optional(),
  }),
  /** His phone rings: both show this number. */
  z.object({ name: z.literal("phone"), bindingMessage: z.string() }),
  /** Somebody without his card types who he is, and his password: the one that the helpdesk gave him, or the directory's. */
  z.object({
    name: z.literal("password"),
    /** Counts up at every new question. */
    question: z.number(),
    /** As he typed it before. */
    who: z.string(),
    problem: failureCode.optional(),
  }),
  /** Card or password is not enough here: the code of an authenticator application, or a security key, as the holder has registered. */
  z.object({
    name: z.literal("second-factor"),
    holder: person,
    factors: z.array(z.enum(allSecondFactors)).min(1),
    /** Counts up at every new question. */
    question: z.number(),
    problem: failureCode.optional(),
  }),
  /** The security key is asked for in the broker's own page, which stands in front. */
  z.object({ name: z.literal("security-key") }),
  /** Somebody without a card says who he is, and what the emergency is. */
  z.object({
    name: z.literal("break-glass"),
    /** Counts up at every new question. */
    question: z.number(),
    /** As he typed it before. */
    who: z.string(),
    words: z.string(),
    problem: failureCode.optional(),
  }),
  /** The holder chooses under which of his activities he works. */
  z.object({
    name: z.literal("activity"),
    holder: person,
    activities: z.array(z.object({ id: z.string(), label: z.string(), structureName: z.string().optional() })),
    /** The identifier of the one that counts; absent: nothing opens before one is chosen. */
    present: z.string().optional(),
    /** Of the one that was chosen last, at whatever place. */
    last: z.string().optional(),
    /** The broker is being told or asked. */
    working: z.boolean(),
    problem: failureCode.optional(),
    /** Names of the applications that a change closes. */
    closes: z.array(z.string()),
  }),
  z.object({
    name: z.literal("portal"),
    holder: person,
    /** What the session stands under. */
    activity: z.object({ label: z.string(), changeable: z.boolean() }).optional(),
    means: z.enum(allMeans),
    openedAt: z.number(),
    expiresAt: z.number(),
    /** What the helpdesk gave, and what is left of it: sign-ins beside this one. */
    temporaryAccess: z.object({ reason: z.string(), until: z.number(), left: z.number() }).optional(),
    /** While a glass is broken: why, until when, and whether anybody has proved who is there. */
    breakGlass: z
      .object({ kind: z.string(), words: z.string(), until: z.number(), identity: z.enum(glassIdentities) })
      .optional(),
    /** Why the glass that the holder wanted to break for an application was not broken. */
    breakGlassRefused: z.object({ application: z.string(), code: failureCode }).optional(),
    tiles: z.array(tile),
    /** The application that is being opened or could not be. */
    launch: z
      .discriminatedUnion("state", [
        z.object({ state: z.literal("opening"), application: z.string() }),
        z.object({ state: z.literal("failed"), application: z.string(), code: failureCode }),
      ])
      .optional(),
  }),
  /** The card or the way to the broker cannot be used; the code's texts say what to do. */
  z.object({
    name: z.literal("trouble"),
    code: failureCode,
    triesLeft: z.number().optional(),
    /** True where the holder can unblock the PIN himself. */
    canUnblock: z.literal(true).optional(),
    /** Where it stands in front of a session that is open: closed by the person. */
    askedBy,
  }),
]);
export type Screen = z.infer<typeof screen>;

const pinQuestion = {
  kind: z.enum(["change", "unblock"]),
  minimumLength: z.number(),
  maximumLength: z.number(),
};

/** The holder gives his card a new PIN; shown over the screen. */
export const pinCareView = z.discriminatedUnion("step", [
  z.object({ step: z.literal("working"), kind: z.enum(["change", "unblock"]) }),
  z.object({
    step: z.literal("typing"),
    ...pinQuestion,
    question: z.number(),
    /** Of the PIN, or of the unblocking code where the card has told. */
    triesLeft: z.number().optional(),
    problem: z.enum(["pin-wrong", "unblocking-code-wrong", "pin-malformed"]).optional(),
    confirmLastTry: z.boolean(),
  }),
  z.object({ step: z.literal("failed"), kind: z.enum(["change", "unblock"]), code: failureCode }),
]);
export type PinCareView = z.infer<typeof pinCareView>;

/** All that the window shows. The window holds no truth of its own. */
export const view = z.object({
  /** Counts up with every change. */
  revision: z.number(),
  workstation: z.object({
    name: z.string(),
    placeName: z.string(),
    helpdeskPhone: z.string(),
    demonstration: z.boolean(),
    /** The federation that confirms on a person's phone, where this place offers one. */
    federation: z.string().optional(),
    /** True where a temporary password of the helpdesk may count here. */
    temporaryAccess: z.boolean().optional(),
    /** True where the password that the directory knows opens a session here. */
    directoryPassword: z.boolean().optional(),
    /** Where an emergency access may be had here: how long, for what, by language, and whether from the cover, too. */
    breakGlass: z
      .object({
        minutes: z.number(),
        reasons: z.array(z.object({ id: z.string(), text: z.record(z.string(), z.string()) })),
        withoutCard: z.boolean(),
      })
      .optional(),
  }),
  connection: z.enum(["connecting", "connected", "disconnected"]),
  reader: readerView,
  screen,
  receipt: receipt.optional(),
  pinCare: pinCareView.optional(),
  /** Nobody has used the workstation for long: it is covered then, unless somebody stirs. Milliseconds since 1970. */
  coversAt: z.number().optional(),
});
export type View = z.infer<typeof view>;
