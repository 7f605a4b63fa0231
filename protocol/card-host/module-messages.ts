import { z } from "zod";
import { type FailureCode, isFailureCode } from "../../core/errors/catalogue.ts";

const failureCode = z.string().refine((text): text is FailureCode => isFailureCode(text));
const bytes = z.custom<Uint8Array>(value => value instanceof Uint8Array);
const pin = z.union([bytes, z.literal("on-reader")]);

/**
 * Card host to the process that has loaded a PKCS#11 module, over the fork's channel with structured clone. A slot is the
 * module's own number in hexadecimal, and a key is named by its CKA_ID.
 */
export const moduleRequest = z.object({
  id: z.number().int(),
  command: z.discriminatedUnion("type", [
    z.object({ type: z.literal("list-tokens"), reader: z.string() }),
    z.object({ type: z.literal("pin-state"), slot: z.string() }),
    /** This message and the two for a new PIN are those of this channel that carry a PIN. */
    z.object({ type: z.literal("login"), slot: z.string(), pin }),
    z.object({
      type: z.literal("sign"),
      slot: z.string(),
      key: bytes,
      mechanism: z.enum(["rsa-pkcs1", "ecdsa"]),
      data: bytes,
    }),
    z.object({ type: z.literal("logout"), slot: z.string() }),
    z.object({ type: z.literal("change-pin"), slot: z.string(), secret: bytes, newPin: bytes }),
    z.object({ type: z.literal("unblock-pin"), slot: z.string(), secret: bytes, newPin: bytes }),
  ]),
});
export type ModuleCommand = z.infer<typeof moduleRequest>["command"];

const tokenCertificate = z.object({ label: z.string(), key: bytes, certificate: bytes });
export type TokenCertificate = z.infer<typeof tokenCertificate>;

const token = z.object({
  slot: z.string(),
  serial: z.string(),
  /** True where the PIN is typed on the reader's own keys. */
  onReader: z.boolean(),
  certificates: z.array(tokenCertificate),
  /** Keys that can be seen, and so used, without PIN. */
  openKeys: z.array(bytes),
});
export type Token = z.infer<typeof token>;

export const moduleAnswer = z.object({
  id: z.number().int(),
  answer: z.discriminatedUnion("type", [
    z.object({ type: z.literal("tokens"), tokens: z.array(token) }),
    z.object({
      type: z.literal("pin-state"),
      triesLeft: z.number(),
      minimumLength: z.number(),
      maximumLength: z.number(),
      /** The tries of the security officer's PIN are used up. */
      officerBlocked: z.boolean(),
    }),
    z.object({ type: z.literal("signature"), signature: bytes }),
    z.object({ type: z.literal("done") }),
    z.object({
      type: z.literal("failed"),
      code: failureCode,
      detail: z.string().optional(),
      triesLeft: z.number().optional(),
    }),
  ]),
});
export type ModuleAnswer = z.infer<typeof moduleAnswer>["answer"];
