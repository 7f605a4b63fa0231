import { toBase64 } from "../../core/bytes/base64.ts";
import { identityProfiles } from "../../core/identity/identity-profiles.ts";
import type {
  ConflictsView,
  DirectoryView,
  HolderView,
  PersonsView,
} from "../../protocol/broker/console/directory-view.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";
import type { SourceView } from "../../protocol/broker/console/trust-view.ts";
import { breakGlassAnswers, noBreakGlassAnswers, openGlassAnswers } from "./break-glass-answers.ts";
import type { ConsoleStep } from "./console-step.ts";
import { fallbackAnswers, noFallbackAnswers } from "./fallback-answers.ts";
import { houseAnswers, policyFaults } from "./house-answers.ts";
import { emptyWatchAnswers, holderCards, watchAnswers } from "./watch-answers.ts";

/** One state of the console: its address, and what the broker would answer. */
export interface ConsoleView {
  readonly address: string;
  /** By the route's path; what is not here is refused by `session-unknown`. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** PEM that is pasted into the identity test. */
  readonly pasted?: string;
  /** What is done on the page before it is drawn. */
  readonly steps?: readonly ConsoleStep[];
}

const now = Date.now();
const hours = (count: number) => count * 3_600_000;

const administrator = {
  holder: { id: "899700075064", displayName: "Camille AUBERT", profession: "Médecin" },
  means: "card-pin",
  roles: ["trust", "applications", "helpdesk", "directory", "auditor"],
  workstationName: "CARDIO-01",
  demonstration: true,
  brokerVersion: "0.1.0",
};

const source = (
  address: string,
  madeHoursAgo: number,
  goodHours: number,
  more: Partial<SourceView> = {},
): SourceView => ({
  address,
  domains: ["igc-sante"],
  origin: "configured",
  health: "good",
  answeredAt: now - hours(0.2),
  nextFetchAt: now + hours(0.8),
  data: { thisUpdate: now - hours(madeHoursAgo), nextUpdate: now + hours(goodHours), isDelta: false, bytes: 1_482_000 },
  ...more,
});

const trouble = (since: number, failures: number, detail: string) => ({
  code: "revocation-source-unreachable",
  detail,
  since: now - hours(since),
  failures,
});

const trust = {
  now,
  version: 7,
  appliedAt: now - hours(51),
  domains: [
    {
      id: "igc-sante",
      anchors: 2,
      families: ["CPS", "CPF", "CDE/CPE"],
      identity: "health-professional-fr",
      whenOld: { rule: "allow", hours: 12 },
      ocsp: "as-named",
    },
    { id: "hospital-piv", anchors: 1, identity: "piv", whenOld: { rule: "deny" }, ocsp: "never" },
  ],
  sources: [
    source("http://igc-sante.esante.gouv.fr/CRL/ACI-EL-PP.crl", 3, 69),
    source("http://igc-sante.esante.gouv.fr/CRL/ACI-EL-PP-delta.crl", 1, 5, {
      origin: "certificate",
      data: { thisUpdate: now - hours(1), nextUpdate: now + hours(5), isDelta: true, bytes: 22_400 },
    }),
    source("ldap://annuaire-igc.esante.gouv.fr/cn=ACI-ST-PP,o=ASIP-SANTE?certificateRevocationList", 22, 26, {
      health: "late",
      answeredAt: now - hours(9),
      trouble: trouble(8, 16, "connect ETIMEDOUT"),
    }),
    source("file:///etc/wardkey/trust/hospital-issuing.crl", 170, -2, {
      domains: ["hospital-piv"],
      health: "aged",
      data: { thisUpdate: now - hours(170), nextUpdate: now - hours(2), isDelta: false, bytes: 3_100 },
    }),
    {
      address: "https://pki.clinic.example/partner.crl",
      domains: ["hospital-piv"],
      origin: "certificate",
      health: "none",
      nextFetchAt: now + hours(0.1),
      trouble: trouble(1, 3, "HTTP 503"),
    },
  ],
};

const aliases = {
  now,
  aliases: [
    { identifier: "0751234567", holder: "899700218896", since: now - hours(260) },
    { identifier: "0692001188", holder: "899700411253", since: now - hours(30) },
  ],
};

const session = (id: string, displayName: string, profession: string, more: object) => ({
  id,
  holder: { id, displayName, profession },
  means: "card-pin",
  openedAt: now - hours(2.2),
  expiresAt: now + hours(9.8),
  ...more,
});

const live = {
  now,
  startedAt: now - hours(75),
  sessionCount: 4,
  sessions: [
    session("899700075064", "Camille AUBERT", "Médecin", { seat: { workstationName: "CARDIO-01", state: "open" } }),
    session("899700218896", "Inès MOREL", "Infirmier", {
      means: "card-presence",
      seat: { workstationName: "CARDIO-02", state: "covered" },
      absentSince: now - hours(0.07),
    }),
    session("899700855697", "Karim BENALI", "Pharmacien", { seat: { workstationName: "PUI-04", state: "open" } }),
    session("899700411253", "Hélène ROBIN", "Médecin", { absentSince: now - hours(0.6) }),
  ],
  workstationCount: 4,
  connectedCount: 3,
  workstations: [
    ["BLOC-07", "Bloc opératoire", false, 5],
    ["CARDIO-01", "Cardiologie – 3ᵉ étage", true, 0],
    ["CARDIO-02", "Cardiologie – 3ᵉ étage", true, 0],
    ["PUI-04", "Pharmacie", true, 0],
  ].map(([name, placeName, connected, away]) => ({
    id: name,
    name,
    placeName,
    connected,
    enrolledAt: now - hours(900),
    seenAt: now - hours(Number(away)),
  })),
};

const trailRecord = (sequence: number, hoursAgo: number, act: string, more: object = {}) => ({
  sequence,
  at: now - hours(hoursAgo),
  act,
  ...more,
});
const physician = {
  holder: "899700075064",
  means: "card-pin",
  workstation: "w1",
  workstationName: "CARDIO-01",
  place: "Cardiologie – 3ᵉ étage",
};
const nurse = { ...physician, holder: "899700218896", workstationName: "CARDIO-02" };

const trail = {
  now,
  records: [
    trailRecord(41_872, 0.01, "trail-queried", {
      ...physician,
      holder: undefined,
      by: "899700075064",
      detail: "everything",
    }),
    trailRecord(41_871, 0.03, "application-launched", {
      ...nurse,
      application: "record",
      policy: "nurses-on-their-ward",
    }),
    trailRecord(41_870, 0.04, "session-resumed", { ...nurse, means: "card-presence" }),
    trailRecord(41_869, 0.2, "seat-covered", { ...nurse, detail: "card-removed" }),
    trailRecord(41_868, 0.4, "sign-in-denied", { ...physician, holder: "899700855697", code: "certificate-revoked" }),
    trailRecord(41_867, 0.9, "launch-denied", {
      ...nurse,
      application: "prescriptions",
      code: "application-not-entitled",
      policy: "no policy permits",
    }),
    trailRecord(41_866, 1.2, "holder-alias-added", {
      ...physician,
      by: "899700075064",
      holder: "899700411253",
      shownAs: "0692001188",
      detail: "ADELI → RPPS",
    }),
    trailRecord(41_865, 3.1, "policies-changed", { detail: "version 4f2a" }),
    trailRecord(41_864, 3.1, "broker-started"),
  ],
  next: 41_864,
  count: 41_872,
  sealed: 41_870,
};
const contradicted = {
  ...trail,
  contradicted: { sequence: 41_801, at: now - hours(6), detail: "kept at 41900 records, the store has 41790" },
};

const persons: PersonsView = {
  persons: [
    ["hr", "AUBERT Camille", "899700075064", "caubert", "active"],
    ["active-directory", "Camille AUBERT", "899700075064", "caubert", "active"],
    ["active-directory", "Inès MOREL", "899700218896", "imorel", "active"],
    ["active-directory", "Karim BENALI", "899700855697", "kbenali", "disabled"],
    ["hr", "Paul DURAND", undefined, "pdurand", "active"],
    ["hr", "Hélène ROBIN", "899700411253", "hrobin", "gone"],
  ].map(([source = "", displayName = "", holder, account, standing]) => ({
    source,
    key: `${displayName}`,
    displayName,
    holder,
    account,
    mail: `${account}@hospital.example`,
    standing: standing as "active",
  })),
  next: "more",
};

const activities = [
  { id: "a1", label: "Cardiologue, CHU Les Tilleuls – Cardiologie" },
  { id: "a2", label: "Cardiologue, cabinet libéral" },
];

const holder: HolderView = {
  now,
  holder: "899700075064",
  standing: "active",
  conflicts: ["different-names"],
  entries: [
    {
      source: "active-directory",
      key: "6f3c2f1e-52d0-4a0c-9a59-0c8c1d5f7a11",
      displayName: "Camille AUBERT",
      standing: "active",
      holder: "899700075064",
      account: "caubert",
      mail: "caubert@hospital.example",
      groups: ["Cardiologie", "Médecins"],
      activities: [],
      gives: true,
    },
    {
      source: "hr",
      key: "40211",
      displayName: "AUBERT-LEROY Camille",
      standing: "active",
      holder: "899700075064",
      groups: ["Garde"],
      activities,
      gives: true,
    },
  ],
  secondFactors: [
    { id: "f1", kind: "totp", registeredAt: now - 40 * 86_400_000, usedAt: now - 2 * 86_400_000 },
    { id: "f2", kind: "security-key", name: "trousseau", registeredAt: now - 12 * 86_400_000 },
  ],
  groups: ["Cardiologie", "Garde", "Médecins"],
  activities,
  aliases: ["0751234567"],
  cards: holderCards,
  fallbacks: [{ id: "f1", state: "ended-by-card", reason: "carte restée au domicile", requestedAt: now - hours(200) }],
  pausedUntil: now + 40_000,
  session: {
    means: "card-pin",
    openedAt: now - hours(2.2),
    expiresAt: now + hours(9.8),
    seat: { workstationName: "CARDIO-01", state: "open" },
  },
};

const directory: DirectoryView = {
  now,
  required: true,
  sources: [
    {
      id: "active-directory",
      kind: "ldap",
      health: "good",
      persons: 6_702,
      readAt: now - 31_000,
      everythingAt: now - hours(3),
      unreadable: [
        { key: "1", detail: "CN=Inès Morel,OU=People,DC=hopital,DC=example: employeeNumber has several values" },
      ],
    },
    {
      id: "hr",
      kind: "csv",
      health: "late",
      persons: 6_911,
      readAt: now - hours(7),
      everythingAt: now - hours(7),
      trouble: {
        code: "directory-shrunk",
        detail: "2104 of 6911 persons would not be active any more",
        since: now - hours(1.4),
        failures: 168,
        lost: 2_104,
      },
    },
  ],
};

const conflicts: ConflictsView = {
  conflicts: [
    {
      holder: "899700075064",
      kinds: ["different-names"],
      entries: [
        { source: "active-directory", key: "1", displayName: "Camille AUBERT", standing: "active" },
        { source: "hr", key: "2", displayName: "AUBERT-LEROY Camille", standing: "active" },
      ],
    },
    {
      holder: "899700855697",
      kinds: ["different-standing"],
      entries: [
        { source: "active-directory", key: "3", displayName: "Karim BENALI", standing: "disabled" },
        { source: "hr", key: "4", displayName: "BENALI Karim", standing: "active" },
      ],
    },
  ],
  more: false,
};

const rules = { domains: [{ id: "igc-sante", profile: identityProfiles["health-professional-fr"] }] };

const answers = {
  [consoleRoutes.administrator.path]: administrator,
  [consoleRoutes.live.path]: live,
  [consoleRoutes.trust.path]: trust,
  [consoleRoutes.aliases.path]: aliases,
  [consoleRoutes.domainRules.path]: rules,
  [consoleRoutes.trail.path]: trail,
  [consoleRoutes.persons.path]: persons,
  [consoleRoutes.holder.path]: holder,
  [consoleRoutes.directory.path]: directory,
  [consoleRoutes.directoryConflicts.path]: conflicts,
  ...fallbackAnswers,
  ...breakGlassAnswers,
  ...houseAnswers(now),
  ...watchAnswers,
};

/** The console's pages and states by name; `certificate`: DER of a card to be tried. */
export function consoleViews(certificate: Uint8Array): Readonly<Record<string, ConsoleView>> {
  const pasted = `-----BEGIN CERTIFICATE-----\n${toBase64(certificate).replaceAll(/.{64}/g, "$&\n").trim()}\n-----END CERTIFICATE-----\n`;
  const trial = (result: object) => ({
    address: "/console/identity",
    pasted,
    answers: { ...answers, [consoleRoutes.tryCard.path]: result },
  });
  return {
    "console-live": { address: "/console/live", answers },
    "console-holders": { address: "/console/holders", answers },
    "console-holder": { address: "/console/holders?holder=899700075064", answers },
    "console-stopwatch": { address: "/console/stopwatch", answers },
    "console-stopwatch-empty": { address: "/console/stopwatch", answers: { ...answers, ...emptyWatchAnswers } },
    "console-cards": { address: "/console/cards", answers },
    "console-cards-empty": { address: "/console/cards", answers: { ...answers, ...emptyWatchAnswers } },
    "console-card-lost": {
      address: "/console/cards",
      answers,
      steps: [{ press: "Inès MOREL", shows: "dialog .effects" }],
    },
    "console-workstations": { address: "/console/workstations", answers },
    "console-reports": { address: "/console/reports", answers },
    "console-report": {
      address: "/console/reports?kind=person&subject=899700218896",
      answers,
      steps: [
        { type: "Demande de la direction des soins", into: 3, shows: "button.primary:enabled" },
        { click: "button.primary", shows: ".report" },
      ],
    },
    "console-compliance": { address: "/console/compliance", answers },
    "console-directory": { address: "/console/directory", answers },
    "console-trust": { address: "/console/trust", answers },
    "console-trail": { address: "/console/trail", answers },
    "console-trail-contradicted": {
      address: "/console/trail?act=sign-in-denied",
      answers: { ...answers, [consoleRoutes.trail.path]: contradicted },
    },
    "console-identity": { address: "/console/identity", answers },
    "console-identity-let-in": trial({ fit: true, domain: "igc-sante", revocation: "current", holder: "899700218896" }),
    "console-identity-refused": trial({
      fit: false,
      code: "certificate-revoked",
      detail: "revoked: keyCompromise, 2026-11-19T08:12:00Z",
    }),
    "console-fallback": { address: "/console/fallback", answers },
    "console-fallback-none": { address: "/console/fallback", answers: { ...answers, ...noFallbackAnswers } },
    "console-fallback-request": { address: "/console/fallback?holder=899700218896", answers },
    "console-fallback-issued": {
      address: "/console/fallback?holder=899700218896",
      answers,
      steps: [
        { click: ".fallback-request fieldset label:nth-of-type(1)", shows: ".fallback-request" },
        { click: ".fallback-request fieldset label:nth-of-type(2)", shows: ".fallback-request" },
        { type: "carte restée au domicile", into: 3, shows: "button.primary:enabled" },
        { click: ".fallback-request button.primary", shows: "[data-password]" },
      ],
    },
    "console-break-glass": { address: "/console/break-glass", answers: { ...answers, ...openGlassAnswers } },
    "console-break-glass-none": { address: "/console/break-glass", answers: { ...answers, ...noBreakGlassAnswers } },
    "console-break-glass-review": {
      address: "/console/break-glass",
      answers,
      steps: [{ click: ".row-acts button.primary", shows: "dialog .findings" }],
    },
    "console-live-break-glass": { address: "/console/live", answers: { ...answers, ...openGlassAnswers } },
    "console-applications": { address: "/console/applications", answers },
    "console-application-edit": {
      address: "/console/applications",
      answers,
      steps: [{ press: "lab", shows: ".editor button:enabled.primary" }],
    },
    "console-application-remove": {
      address: "/console/applications",
      answers,
      steps: [{ press: "lab", nth: 1, shows: "dialog .effects" }],
    },
    "console-policies": { address: "/console/policies", answers },
    "console-policy-edit": {
      address: "/console/policies",
      answers: { ...answers, [consoleRoutes.houseCheck.path]: { faults: policyFaults } },
      steps: [{ press: "night-shift", shows: ".policy-text .faults" }],
    },
    "console-explain": {
      address: "/console/explain",
      answers,
      steps: [{ type: "899700218896", into: 0, shows: ".person" }],
    },
    "console-places": { address: "/console/places", answers },
    "console-groups": { address: "/console/groups", answers },
    "console-away": { address: "/console/", answers: {} },
  };
}
