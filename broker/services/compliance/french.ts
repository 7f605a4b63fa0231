import { command, document, page, type Requirement } from "./requirement.ts";
import type { SettingsInForce } from "./settings-in-force.ts";
import { keptApart, namelessAfterMonths, offersClaims, offersDirectoryPasswords } from "./settings-read.ts";

/** Six months to a year, where no longer need is shown. */
const isInTime = (months: number | undefined) => months !== undefined && months >= 6 && months <= 12;

/** The months that leave the store stay in its archive: they are over only where nobody can tell any more whose they were. */
function retentionState(settings: SettingsInForce): "met" | "partly" | "not-met" {
  const { retentionMonths } = settings.trail;
  const nameless = namelessAfterMonths(settings);
  if (retentionMonths === undefined && nameless === undefined) return "not-met";
  return isInTime(retentionMonths) && isInTime(nameless) ? "met" : "partly";
}

/**
 * The French health information security policy (PGSSI-S), by its reference documents, and the data protection authority's
 * recommendations, by their deliberations. Neither numbers its points for software: each is named.
 */
export const frenchRequirements: readonly Requirement[] = [
  {
    id: "pgssi-s-identification",
    framework: "pgssi-s",
    number: "Identification électronique des acteurs",
    state: settings =>
      settings.demonstration || settings.fallback !== undefined || offersClaims(settings) ? "partly" : "met",
    facts: ["families", "federation", "demonstration", "profiles", "directory-passwords", "without-card"],
    evidence: [page("trust"), document("docs/trust.md"), document("docs/pro-sante-connect.md")],
  },
  {
    id: "pgssi-s-imputability",
    framework: "pgssi-s",
    number: "Référentiel d’imputabilité",
    state: settings => (keptApart(settings) && !offersClaims(settings) ? "met" : "partly"),
    facts: ["records", "checkpoint-seconds", "checkpoint-file", "exports", "without-card"],
    evidence: [page("trail"), command("wardkey audit verify broker.sqlite")],
  },
  {
    id: "cnil-log-retention",
    framework: "cnil",
    number: "Délibération 2021-122",
    state: retentionState,
    facts: ["retention", "identifiers", "nameless-after"],
    evidence: [document("docs/trail.md")],
  },
  {
    id: "cnil-log-use",
    framework: "cnil",
    number: "Délibération 2021-122",
    state: ({ auditorsAlone: { alone, all } }) => (all > 0 && alone === all ? "met" : "partly"),
    facts: ["auditors-alone"],
    evidence: [page("trail"), page("reports")],
  },
  {
    id: "cnil-passwords",
    framework: "cnil",
    number: "Délibération 2022-100",
    state: settings => (offersDirectoryPasswords(settings) ? "partly" : "met"),
    facts: ["profiles", "directory-passwords", "free-tries", "longest-pause"],
    evidence: [document("docs/fallback.md")],
  },
  {
    id: "cnil-rights",
    framework: "cnil",
    number: "Guide de la sécurité des données personnelles",
    state: "hospital",
    facts: ["policies", "directory-sources"],
    evidence: [page("explain"), page("policies"), command("wardkey policy check --config broker.json")],
  },
];
