import { command, document, page, type Requirement } from "./requirement.ts";
import { offersClaims } from "./settings-read.ts";

const hipaa = (requirement: Omit<Requirement, "framework">): Requirement => ({ framework: "hipaa", ...requirement });

/** HIPAA Security Rule, 45 CFR 164.312: technical safeguards. */
export const hipaaRequirements: readonly Requirement[] = [
  hipaa({
    id: "hipaa-unique",
    number: "164.312(a)(2)(i)",
    state: "met",
    facts: [],
    evidence: [page("holders"), page("identity")],
  }),
  hipaa({
    id: "hipaa-emergency",
    number: "164.312(a)(2)(ii)",
    state: ({ breakGlass, fallback }) =>
      breakGlass !== undefined && breakGlass.places > 0 && breakGlass.permits > 0
        ? "met"
        : breakGlass === undefined && fallback === undefined
          ? "not-met"
          : "partly",
    facts: [
      "break-glass-places",
      "without-card",
      "break-glass-permits",
      "break-glass-length",
      "break-glass-review",
      "profiles",
    ],
    evidence: [page("break-glass"), page("fallback"), document("docs/break-glass.md")],
  }),
  hipaa({
    id: "hipaa-logoff",
    number: "164.312(a)(2)(iii)",
    state: ({ idleSeconds }) => (idleSeconds.never === 0 ? "met" : "partly"),
    facts: ["session-hours", "idle", "grace"],
    evidence: [page("places")],
  }),
  hipaa({
    id: "hipaa-at-rest",
    number: "164.312(a)(2)(iv)",
    state: "hospital",
    facts: [],
    evidence: [document("docs/operations.md")],
  }),
  hipaa({
    id: "hipaa-audit",
    number: "164.312(b)",
    state: "met",
    facts: ["records", "exports"],
    evidence: [page("trail"), page("reports")],
  }),
  hipaa({
    id: "hipaa-integrity",
    number: "164.312(c)",
    state: "met",
    facts: ["not-sealed"],
    evidence: [command("wardkey audit verify broker.sqlite")],
  }),
  hipaa({
    id: "hipaa-person",
    number: "164.312(d)",
    state: settings => (offersClaims(settings) ? "partly" : "met"),
    facts: ["means", "without-card"],
    evidence: [document("docs/threat-model.md"), page("explain")],
  }),
  hipaa({
    id: "hipaa-transmission",
    number: "164.312(e)",
    state: ({ browserOrigin }) => (browserOrigin.startsWith("https:") ? "met" : "not-met"),
    facts: ["browser-origin"],
    evidence: [document("docs/operations.md")],
  }),
];
