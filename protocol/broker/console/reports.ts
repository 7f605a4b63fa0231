import { z } from "zod";
import { reason } from "./reason.ts";
import { trailRecordView } from "./trail-view.ts";

export const reportKinds = ["person", "workstation", "fallback", "break-glass"] as const;
export type ReportKind = (typeof reportKinds)[number];

/** A report has so many records at most; the command line exports everything. */
export const mostReported = 5_000;
/** Milliseconds: a year and a day. */
export const longestReportMs = 367 * 24 * 3_600_000;

/** `subject`: PS_IdNat of the person, name or identifier of the workstation; absent for the others. Times: milliseconds since 1970. */
export const reportOrder = z
  .strictObject({
    kind: z.enum(reportKinds),
    subject: z.string().trim().min(1).max(130).optional(),
    from: z.number().int().min(0),
    to: z.number().int().min(0),
    reason,
  })
  .refine(({ from, to }) => from <= to && to - from <= longestReportMs, "a year at most")
  .refine(
    ({ kind, subject }) => (subject !== undefined) === (kind === "person" || kind === "workstation"),
    "a person or a workstation is named, and nothing else",
  );

const counted = z.array(z.object({ key: z.string(), count: z.number() }));

/** What stands in the trail about it. */
export const report = z.object({
  kind: z.enum(reportKinds),
  /** As people call it. */
  subject: z.string().optional(),
  from: z.number(),
  to: z.number(),
  madeAt: z.number(),
  madeBy: z.string(),
  reason: z.string(),
  /** The number of the record that says so. */
  recordedAs: z.number(),
  /** Some are left out: the newest `mostReported` are there. */
  more: z.boolean(),
  /** How often each act, application, means and workstation is in it; the most first. */
  acts: counted,
  applications: counted,
  means: counted,
  workstations: counted,
  /** The oldest first. */
  records: z.array(trailRecordView).max(mostReported),
  csv: z.string(),
});
export type Report = z.output<typeof report>;
