import { z } from "zod";
import { allSecondFactors } from "../../../core/second-factor/second-factor.ts";

/** One thing that a page of the holder's own asks of the broker. */
export interface OwnRoute<Question extends z.ZodType, Answer extends z.ZodType> {
  /** GET: reads. POST: the question is the JSON body. */
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly question: Question;
  readonly answer: Answer;
}

export const ownBase = "/own/";
const api = `${ownBase}api/v1/`;

function route<Question extends z.ZodType, Answer extends z.ZodType>(
  method: "GET" | "POST",
  name: string,
  question: Question,
  answer: Answer,
): OwnRoute<Question, Answer> {
  return { method, path: api + name, question, answer };
}

const nothing = z.object({});
/** What the browser's WebAuthn functions take and give, as JSON; the library checks it (WebAuthn Level 3, section 5.1). */
const webAuthn = z.looseObject({});
const code = z.string().regex(/^\d{6}$/);

export const ownFactor = z.object({
  id: z.string(),
  kind: z.enum(allSecondFactors),
  /** As its holder calls it; an authenticator application has no name. */
  name: z.string().optional(),
  registeredAt: z.number(),
  usedAt: z.number().optional(),
});
export type OwnFactor = z.output<typeof ownFactor>;

export const ownFactors = z.object({
  now: z.number(),
  holder: z.object({ displayName: z.string() }),
  factors: z.array(ownFactor),
  /** Whether keys can be registered: they belong to a domain, and the broker's address may have none. */
  keysPossible: z.boolean(),
});
export type OwnFactors = z.output<typeof ownFactors>;

/** An authenticator application that is not registered before it has shown one right code. */
export const newTotp = z.object({
  /** Base32, to be typed. */
  secret: z.string(),
  /** `otpauth://`, to be shown as a QR code. */
  address: z.string(),
});

/** The one sign-in that a page for a key is about: `page` is the secret of the browser that the page was opened in. */
const page = z.string().min(20).max(100);
export const keySignIn = z.object({
  options: webAuthn,
  holder: z.object({ displayName: z.string() }),
  /** Where the session will open: whoever sits elsewhere is being deceived. */
  workstationName: z.string(),
  placeName: z.string(),
});

/** All that needs the holder's card, and to change something his PIN of the last minutes. */
export const ownRoutes = {
  factors: route("GET", "factors", nothing, ownFactors),
  /** The secret of a new authenticator application; in place of the one registered when it is confirmed. */
  beginTotp: route("POST", "totp/begin", nothing, newTotp),
  confirmTotp: route("POST", "totp/confirm", z.object({ code }), nothing),
  beginKey: route("POST", "key/begin", nothing, z.object({ options: webAuthn })),
  confirmKey: route(
    "POST",
    "key/confirm",
    z.object({ name: z.string().trim().min(1).max(40), response: webAuthn }),
    nothing,
  ),
  remove: route("POST", "remove", z.object({ id: z.string().max(100) }), nothing),
} as const;

/** What the page for a key asks: nobody has signed in there yet. */
export const keyRoutes = {
  ask: route("POST", "key-sign-in/ask", z.object({ page }), keySignIn),
  answer: route("POST", "key-sign-in/answer", z.object({ page, response: webAuthn }), nothing),
  decline: route("POST", "key-sign-in/decline", z.object({ page }), nothing),
} as const;
