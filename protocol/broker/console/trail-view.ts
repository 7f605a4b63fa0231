import { z } from "zod";
import { allSecondFactors } from "../../../core/second-factor/second-factor.ts";
import { allMeans } from "../../../core/session/means.ts";

/** What is looked for; every member narrows. Times are milliseconds since 1970, as text in the address. */
const moment = z.coerce.number().int().min(0);
export const trailQuestion = z.object({
  /** PS_IdNat: whom it is about, or who did it. */
  holder: z.string().max(130).optional(),
  /** A workstation's identifier, or its name. */
  workstation: z.string().max(130).optional(),
  application: z.string().max(60).optional(),
  act: z.string().max(60).optional(),
  from: moment.optional(),
  to: moment.optional(),
  /** Only records before this number: the next page. */
  before: z.coerce.number().int().min(1).optional(),
});

export const trailRecordView = z.object({
  sequence: z.number(),
  at: z.number(),
  act: z.string(),
  holder: z.string().optional(),
  by: z.string().optional(),
  shownAs: z.string().optional(),
  means: z.enum(allMeans).optional(),
  secondFactor: z.enum(allSecondFactors).optional(),
  workstation: z.string().optional(),
  workstationName: z.string().optional(),
  place: z.string().optional(),
  application: z.string().optional(),
  policy: z.string().optional(),
  code: z.string().optional(),
  detail: z.string().optional(),
});
export type TrailRecordView = z.output<typeof trailRecordView>;

export const trailView = z.object({
  now: z.number(),
  /** The newest first. */
  records: z.array(trailRecordView),
  /** Ask for those before this number next; absent: there are no more. */
  next: z.number().optional(),
  /** How many records there are in all, and how many of them a signed checkpoint covers. */
  count: z.number(),
  sealed: z.number(),
  /** The latest time that a kept checkpoint contradicted the trail. */
  contradicted: z.object({ sequence: z.number(), at: z.number(), detail: z.string().optional() }).optional(),
});
export type TrailView = z.output<typeof trailView>;

export const trailProofQuestion = z.object({ sequence: z.coerce.number().int().min(1) });

/** That a record stands in the trail: leaf bytes, path, and the signed checkpoint whose root they lead to (RFC 9162, 2.1.3). */
export const trailProof = z.object({
  /** Text; its UTF-8 bytes are the leaf. */
  leaf: z.string(),
  /** 0 for the first leaf. */
  index: z.number(),
  /** Hashes, base64, from the leaf upwards. */
  path: z.array(z.string()),
  checkpoint: z.string(),
  /** C2SP verifier key. */
  key: z.string(),
});
export type TrailProof = z.output<typeof trailProof>;

export const trailExportQuestion = trailQuestion
  .omit({ before: true })
  .extend({ format: z.enum(["csv", "fhir"]), reason: z.string().trim().min(5).max(200) });
/** As much as one answer holds; the command line exports everything. */
export const mostExported = 5_000;
export const trailExportAnswer = z.object({
  name: z.string(),
  mediaType: z.string(),
  text: z.string(),
  records: z.number(),
});
