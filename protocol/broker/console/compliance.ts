import { z } from "zod";

export const frameworks = ["asvs", "hipaa", "pgssi-s", "cnil"] as const;
export type Framework = (typeof frameworks)[number];

/** What is asked, by the names under which the interface has its words. */
export const complianceIds = [
  "asvs-throttling",
  "asvs-pathways",
  "asvs-defaults",
  "asvs-mfa",
  "asvs-notified",
  "asvs-enumeration",
  "asvs-temporary",
  "asvs-questions",
  "asvs-renewal",
  "asvs-lost",
  "asvs-anchors",
  "asvs-challenge",
  "asvs-lifetime",
  "asvs-tokens",
  "asvs-inactivity",
  "asvs-end",
  "asvs-leavers",
  "asvs-admin-end",
  "asvs-own-session",
  "asvs-step-up",
  "asvs-log-inventory",
  "asvs-log-content",
  "asvs-log-time",
  "asvs-log-protected",
  "asvs-log-apart",
  "asvs-messages",
  "asvs-fail-closed",
  "hipaa-unique",
  "hipaa-emergency",
  "hipaa-logoff",
  "hipaa-at-rest",
  "hipaa-audit",
  "hipaa-integrity",
  "hipaa-person",
  "hipaa-transmission",
  "pgssi-s-identification",
  "pgssi-s-imputability",
  "cnil-log-retention",
  "cnil-log-use",
  "cnil-passwords",
  "cnil-rights",
] as const;
export type ComplianceId = (typeof complianceIds)[number];

/** Settings in force that answer it. */
export const complianceFacts = [
  "administrators",
  "auditors-alone",
  "back-channel",
  "break-glass-length",
  "break-glass-permits",
  "break-glass-places",
  "break-glass-review",
  "browser-origin",
  "cards-expiring",
  "cards-lost",
  "checklist",
  "checkpoint-file",
  "checkpoint-seconds",
  "demonstration",
  "directory-passwords",
  "directory-required",
  "directory-sources",
  "exports",
  "families",
  "federation",
  "free-tries",
  "grace",
  "identifiers",
  "idle",
  "longest-access",
  "longest-pause",
  "means",
  "nameless-after",
  "not-sealed",
  "notices-of-alarms",
  "notices-to-person",
  "pin-minutes",
  "places-outside",
  "policies",
  "profiles",
  "records",
  "retention",
  "revocation",
  "second-person",
  "session-hours",
  "trust-document",
  "without-card",
  "workstation-tries",
] as const;
export type ComplianceFact = (typeof complianceFacts)[number];

/**
 * `met`: by what this broker does, always or by the settings in force. `partly`: a part of it, or a setting is missing. `not-met`:
 * it is not. `hospital`: only the hospital's organisation can; the page names what it has to work with.
 */
export const complianceStates = ["met", "partly", "not-met", "hospital"] as const;
export type ComplianceState = (typeof complianceStates)[number];

/** Where it can be seen: a page of the console, a document of the project, a command. */
export const evidence = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("page"), page: z.string() }),
  z.object({ kind: z.literal("document"), path: z.string() }),
  z.object({ kind: z.literal("command"), line: z.string() }),
]);
export type Evidence = z.output<typeof evidence>;

/** A requirement, its words by the interface. */
export const complianceItem = z.object({
  /** Its words stand under this name. */
  id: z.enum(complianceIds),
  framework: z.enum(frameworks),
  /** As its framework numbers it. */
  number: z.string(),
  state: z.enum(complianceStates),
  /** Settings that are read now: name and value. */
  facts: z.array(z.object({ id: z.enum(complianceFacts), value: z.string() })),
  evidence: z.array(evidence),
});
export type ComplianceItem = z.output<typeof complianceItem>;

export const complianceView = z.object({ now: z.number(), items: z.array(complianceItem) });
export type ComplianceView = z.output<typeof complianceView>;
