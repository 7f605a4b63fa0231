import { z } from "zod";
import { allMeans } from "../../../core/session/means.ts";

/** Where somebody could be. */
export const explainChoices = z.object({ places: z.array(z.object({ id: z.string(), name: z.string() })) });

const code = z.string().max(130);

/** Whose applications? Somebody who was here, what a card says, or roles alone. Nothing of a certificate is verified. */
export const explainedWho = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("holder"), id: code.min(1) }),
  /** Base64 DER. */
  z.strictObject({ by: z.literal("certificate"), certificate: z.base64().max(16_384) }),
  z.strictObject({
    by: z.literal("roles"),
    /** A code of table G15, or the profession's name. */
    profession: code,
    speciality: code.optional(),
    structure: code.optional(),
    family: code.optional(),
  }),
]);
export type ExplainedWho = z.output<typeof explainedWho>;

export const explainQuestion = z.strictObject({
  who: explainedWho,
  place: z.string(),
  means: z.enum(allMeans),
  /** Milliseconds since 1970; absent: now. */
  at: z.number().optional(),
  /** A workstation's name, where policies look at it. */
  workstation: z.string().max(100).optional(),
  activity: code.optional(),
});
export type ExplainQuestion = z.output<typeof explainQuestion>;

/** One application, and who decides it. */
export const explainedApplication = z.object({
  application: z.string(),
  name: z.string(),
  permitted: z.boolean(),
  /** The policies that decide, and where each is written. */
  policies: z.array(z.object({ id: z.string(), file: z.string(), line: z.number() })),
  because: z.string(),
  /** Shown as closed, by the means, but for an emergency, or by a policy with its words by language; `null`: open, or not shown. */
  unavailable: z
    .discriminatedUnion("reason", [
      z.object({ reason: z.literal("means") }),
      z.object({ reason: z.literal("break-glass") }),
      z.object({ reason: z.literal("policy"), policy: z.string(), words: z.record(z.string(), z.string()) }),
    ])
    .nullable(),
});
export type ExplainedApplication = z.output<typeof explainedApplication>;

export const explainAnswer = z.discriminatedUnion("found", [
  /** The certificate names nobody by the identity rules in force. */
  z.object({ found: z.literal(false) }),
  z.object({
    found: z.literal(true),
    holder: z.object({
      id: z.string(),
      profession: z.string(),
      professionCode: z.number().optional(),
      speciality: z.string().optional(),
      structure: z.string().optional(),
      cardFamily: z.string().optional(),
    }),
    structureName: z.string().optional(),
    groups: z.array(z.string()),
    at: z.number(),
    policyVersion: z.string(),
    applications: z.array(explainedApplication),
  }),
]);
export type ExplainAnswer = z.output<typeof explainAnswer>;
