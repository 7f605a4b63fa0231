import { keptApart } from "./asvs.ts";
import { command, document, page, type Requirement } from "./requirement.ts";

/**
 * The French health information security policy (PGSSI-S), by its reference documents, and the data protection authority's
 * recommendations, by their deliberations. Neither numbers its points for software: each is named.
 */
export const frenchRequirements: readonly Requirement[] = [
  {
    id: "pgssi-s-identification",
    framework: "pgssi-s",
    number: "Identification électronique des acteurs",
    state: ({ demonstration, fallback }) => (demonstration || fallback !== undefined ? "partly" : "met"),
    facts: ["families", "federation", "demonstration", "profiles"],
    evidence: [page("trust"), document("docs/trust.md"), document("docs/pro-sante-connect.md")],
  },
  {
    id: "pgssi-s-imputability",
    framework: "pgssi-s",
    number: "Référentiel d’imputabilité",
    state: settings => (keptApart(settings) ? "met" : "partly"),
    facts: ["records", "checkpoint-seconds", "checkpoint-file", "exports"],
    evidence: [page("trail"), command("wardkey audit verify broker.sqlite")],
  },
  {
    id: "cnil-log-retention",
    framework: "cnil",
    number: "Délibération 2021-122",
    state: "not-met",
    facts: ["retention"],
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
    state: "met",
    facts: ["profiles", "free-tries", "longest-pause"],
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
