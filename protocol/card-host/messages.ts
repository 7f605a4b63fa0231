import { z } from "zod";
import { proofAlgorithms } from "../../core/proof/proof.ts";
import { failureCode } from "./failure-code.ts";
import { cardInspection } from "./inspection.ts";

const bytes = z.custom<Uint8Array>(value => value instanceof Uint8Array);

/** Agent to card host, over the fork's channel with structured clone, so that bytes stay bytes. */
export const cardHostRequest = z.object({
  id: z.number().int(),
  command: z.discriminatedUnion("type", [
    z.object({ type: z.literal("identify"), insertion: z.string() }),
    /** For support: reads everything that the card shows, and takes its time. */
    z.object({ type: z.literal("inspect"), insertion: z.string() }),
    z.object({ type: z.literal("presence"), insertion: z.string() }),
    z.object({ type: z.literal("pin-state"), insertion: z.string() }),
    /** This message and the next are those of this channel that carry a PIN. */
    z.object({
      type: z.literal("sign-with-pin"),
      insertion: z.string(),
      pin: z.union([bytes, z.literal("on-reader")]),
      signingInput: bytes,
    }),
    z.object({
      type: z.literal("renew-pin"),
      insertion: z.string(),
      renewal: z.enum(["change", "unblock"]),
      /** The PIN so far, or the unblocking code. */
      secret: bytes,
      newPin: bytes,
    }),
    z.object({ type: z.literal("sign-presence"), insertion: z.string(), signingInput: bytes }),
  ]),
});
export type CardHostRequest = z.infer<typeof cardHostRequest>;
export type CardHostCommand = CardHostRequest["command"];

const identified = z.object({
  type: z.literal("identified"),
  cardId: z.string().optional(),
  family: z.string(),
  certificate: bytes,
  algorithm: z.enum(proofAlgorithms),
});

/** Card host to agent. */
export const cardHostMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("condition-changed"),
    condition: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("ready"), readers: z.array(z.string()) }),
      z.object({ kind: z.literal("no-reader") }),
      z.object({ kind: z.literal("trouble"), code: failureCode }),
    ]),
  }),
  z.object({ type: z.literal("card-inserted"), insertion: z.string(), reader: z.string() }),
  z.object({ type: z.literal("card-removed"), insertion: z.string() }),
  z.object({
    type: z.literal("answered"),
    id: z.number().int(),
    answer: z.discriminatedUnion("type", [
      identified,
      z.object({ type: z.literal("inspected"), inspection: cardInspection }),
      z.object({ type: z.literal("presence"), certificate: bytes, algorithm: z.enum(proofAlgorithms) }),
      z.object({ type: z.literal("no-presence") }),
      z.object({
        type: z.literal("pin-state"),
        triesLeft: z.number(),
        minimumLength: z.number(),
        maximumLength: z.number(),
        canUnblock: z.boolean(),
        onReader: z.boolean(),
      }),
      z.object({ type: z.literal("signed"), signature: bytes }),
      z.object({ type: z.literal("pin-renewed") }),
      z.object({
        type: z.literal("failed"),
        code: failureCode,
        detail: z.string().optional(),
        triesLeft: z.number().optional(),
      }),
    ]),
  }),
]);
export type CardHostMessage = z.infer<typeof cardHostMessage>;
export type CardHostAnswer = Extract<CardHostMessage, { type: "answered" }>["answer"];
