import { command, document, page, type Requirement } from "./requirement.ts";
import type { SettingsInForce } from "./settings-in-force.ts";

const asvs = (requirement: Omit<Requirement, "framework">): Requirement => ({ framework: "asvs", ...requirement });

/** A copy that the broker's own administrator cannot rewrite. */
export const keptApart = ({ trail }: SettingsInForce) => trail.checkpointFile || trail.exports.length > 0;

/** OWASP Application Security Verification Standard 5.0.0: V6 authentication, V7 sessions, V16 logging. */
export const asvsRequirements: readonly Requirement[] = [
  asvs({
    id: "asvs-throttling",
    number: "6.1.1, 6.3.1",
    state: "met",
    facts: ["free-tries", "longest-pause", "workstation-tries"],
    evidence: [document("docs/fallback.md"), page("fallback")],
  }),
  asvs({
    id: "asvs-pathways",
    number: "6.1.3, 6.3.4",
    state: "met",
    facts: ["means", "policies"],
    evidence: [document("docs/policies.md"), page("explain")],
  }),
  asvs({
    id: "asvs-defaults",
    number: "6.3.2",
    state: ({ demonstration }) => (demonstration ? "partly" : "met"),
    facts: ["administrators", "demonstration"],
    evidence: [document("docs/operations.md")],
  }),
  asvs({
    id: "asvs-mfa",
    number: "6.3.3",
    state: ({ fallback }) => (fallback === undefined ? "met" : "partly"),
    facts: ["means", "profiles"],
    evidence: [page("policies"), document("docs/decisions/0023-temporary-access-stands-alone.md")],
  }),
  asvs({
    id: "asvs-notified",
    number: "6.3.5, 6.3.7",
    state: "partly",
    facts: [],
    evidence: [document("docs/fallback.md")],
  }),
  asvs({
    id: "asvs-enumeration",
    number: "6.3.8",
    state: "met",
    facts: [],
    evidence: [document("docs/fallback.md"), document("docs/threat-model.md")],
  }),
  asvs({
    id: "asvs-temporary",
    number: "6.4.1",
    state: "met",
    facts: ["longest-access", "second-person"],
    evidence: [page("fallback"), document("docs/fallback.md")],
  }),
  asvs({
    id: "asvs-questions",
    number: "6.4.2",
    state: "hospital",
    facts: ["checklist"],
    evidence: [page("fallback")],
  }),
  asvs({
    id: "asvs-renewal",
    number: "6.4.5",
    state: "partly",
    facts: ["cards-expiring"],
    evidence: [page("cards")],
  }),
  asvs({ id: "asvs-lost", number: "6.5.6", state: "met", facts: ["cards-lost"], evidence: [page("cards")] }),
  asvs({
    id: "asvs-anchors",
    number: "6.7.1",
    state: ({ trust }) => (trust.signed ? "met" : "partly"),
    facts: ["trust-document"],
    evidence: [page("trust"), command("wardkey trust status --config broker.json")],
  }),
  asvs({
    id: "asvs-challenge",
    number: "6.7.2",
    state: "met",
    facts: [],
    evidence: [document("docs/threat-model.md")],
  }),
  asvs({
    id: "asvs-lifetime",
    number: "7.1.1, 7.3.2",
    state: "met",
    facts: ["session-hours", "grace"],
    evidence: [page("live"), page("places"), document("docs/operations.md")],
  }),
  asvs({
    id: "asvs-tokens",
    number: "7.2.1 – 7.2.4",
    state: "met",
    facts: [],
    evidence: [document("docs/threat-model.md")],
  }),
  asvs({ id: "asvs-inactivity", number: "7.3.1", state: "partly", facts: ["grace"], evidence: [page("places")] }),
  asvs({
    id: "asvs-end",
    number: "7.4.1",
    state: ({ clients }) => (clients.told === clients.all ? "met" : "partly"),
    facts: ["back-channel"],
    evidence: [page("applications"), document("docs/oidc.md")],
  }),
  asvs({
    id: "asvs-leavers",
    number: "7.4.2",
    state: ({ directory }) => (directory.sources.length > 0 ? (directory.required ? "met" : "partly") : "not-met"),
    facts: ["directory-sources", "directory-required"],
    evidence: [page("directory"), document("docs/directory.md")],
  }),
  asvs({ id: "asvs-admin-end", number: "7.4.5", state: "met", facts: [], evidence: [page("live"), page("holders")] }),
  asvs({ id: "asvs-own-session", number: "7.5.2", state: "met", facts: [], evidence: [document("docs/flow.md")] }),
  asvs({
    id: "asvs-step-up",
    number: "7.5.1, 7.5.3",
    state: "met",
    facts: ["pin-minutes"],
    evidence: [document("docs/decisions/0017-the-pin-is-asked-for-where-the-holder-sits.md")],
  }),
  asvs({
    id: "asvs-log-inventory",
    number: "16.1.1",
    state: "met",
    facts: ["retention"],
    evidence: [document("docs/trail.md")],
  }),
  asvs({
    id: "asvs-log-content",
    number: "16.2.1, 16.2.4, 16.3.1, 16.3.2",
    state: "met",
    facts: ["records"],
    evidence: [page("trail"), command("wardkey audit export --config broker.json --format csv")],
  }),
  asvs({ id: "asvs-log-time", number: "16.2.2", state: "hospital", facts: [], evidence: [document("docs/trail.md")] }),
  asvs({
    id: "asvs-log-protected",
    number: "16.4.2",
    state: settings => (keptApart(settings) ? "met" : "partly"),
    facts: ["checkpoint-seconds", "not-sealed", "checkpoint-file"],
    evidence: [command("wardkey audit verify broker.sqlite"), document("docs/trail.md")],
  }),
  asvs({
    id: "asvs-log-apart",
    number: "16.4.3",
    state: ({ trail }) => (trail.exports.length > 0 ? "met" : "not-met"),
    facts: ["exports"],
    evidence: [document("docs/trail.md")],
  }),
  asvs({ id: "asvs-messages", number: "16.5.1", state: "met", facts: [], evidence: [document("docs/errors.md")] }),
  asvs({
    id: "asvs-fail-closed",
    number: "16.5.2, 16.5.3",
    state: "met",
    facts: ["revocation"],
    evidence: [page("trust"), document("docs/trust.md")],
  }),
];
