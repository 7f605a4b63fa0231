import { fallbackConfiguration } from "../../broker/fallback/fallback-configuration.ts";
import { asvsRequirements } from "../../broker/services/compliance/asvs.ts";
import { factValue } from "../../broker/services/compliance/fact-value.ts";
import { frenchRequirements } from "../../broker/services/compliance/french.ts";
import { hipaaRequirements } from "../../broker/services/compliance/hipaa.ts";
import type { SettingsInForce } from "../../broker/services/compliance/settings-in-force.ts";
import { alarmDetail } from "../../core/trail/trail-alarm.ts";
import type { CardsView, CardView } from "../../protocol/broker/console/cards.ts";
import type { ComplianceView } from "../../protocol/broker/console/compliance.ts";
import type { FallbackRates } from "../../protocol/broker/console/fallback-rates.ts";
import type { PausesView } from "../../protocol/broker/console/pauses.ts";
import type { Report } from "../../protocol/broker/console/reports.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";
import type { StopwatchView } from "../../protocol/broker/console/stopwatch.ts";
import type { WorkstationsView } from "../../protocol/broker/console/workstations.ts";

const now = Date.now();
const hours = (count: number) => count * 3_600_000;
const days = (count: number) => hours(24 * count);
const times = (count: number, p50: number, p95: number, p99: number) => ({ count, p50, p95, p99 });

const card = (id: string, displayName: string, more: Partial<CardView>): CardView => ({
  holder: { id, displayName },
  family: "CPS",
  issuer: "C=FR, O=ASIP-SANTE, OU=0002 187512751, CN=TEST AC IGC-SANTE ELEMENTAIRE PERSONNES",
  serial: `2a7f31${id.slice(-6)}`,
  expiresAt: now + days(700),
  firstSeenAt: now - days(300),
  lastSeenAt: now - hours(5),
  standing: "good",
  ...more,
});
const physicianCard = card("899700075064", "Camille AUBERT", {});
export const holderCards: CardView[] = [physicianCard];

const cards: CardsView = {
  now,
  counts: { good: 6_411, expiring: 214, expired: 61, lost: 14 },
  count: 6_700,
  cards: [
    card("899700744586", "Paul NGUYEN", { standing: "expired", expiresAt: now - days(12), lastSeenAt: now - days(13) }),
    card("899700218896", "Inès MOREL", { standing: "expiring", expiresAt: now + days(21) }),
    card("899700633475", "Sofia LAMBERT", { standing: "lost", expiresAt: now + days(410), lastSeenAt: now - hours(3) }),
    card("899700855697", "Karim BENALI", { family: "CPF", expiresAt: now + days(505) }),
    physicianCard,
  ],
};

const stopwatch: StopwatchView = {
  now,
  limitMs: 10_000,
  keepDays: 90,
  workstationDays: 7,
  places: [
    { id: "cardiologie", name: "Cardiologie – 3ᵉ étage" },
    { id: "urgences", name: "Urgences" },
    { id: "bloc", name: "Bloc opératoire" },
    { id: "pharmacie", name: "Pharmacie" },
  ],
  stages: [
    { stage: "insertion-to-portal", ...times(18_412, 5_200, 9_100, 14_000) },
    { stage: "insertion-to-resumed", ...times(96_310, 780, 1_400, 2_600) },
    { stage: "pin-to-portal", ...times(18_412, 610, 1_180, 2_300) },
    { stage: "removal-to-covered", ...times(112_700, 18, 42, 90) },
    { stage: "insertion-to-pin-ready", ...times(18_640, 690, 1_300, 2_400) },
    { stage: "entering-pin", ...times(18_500, 3_700, 6_900, 11_000) },
    { stage: "identifying", ...times(114_000, 410, 830, 1_700) },
    { stage: "challenging", ...times(114_000, 24, 61, 180) },
    { stage: "signing", ...times(18_470, 520, 960, 1_900) },
  ],
  byPlace: [
    { place: "bloc", name: "Bloc opératoire", ...times(1_903, 7_400, 13_200, 21_000), alarm: true },
    { place: "urgences", name: "Urgences", ...times(7_210, 5_300, 9_400, 13_800), alarm: false },
    {
      place: "cardiologie",
      name: "Cardiologie – 3ᵉ étage",
      ...times(6_120, 4_900, 8_300, 12_100),
      alarm: false,
    },
    { place: "pharmacie", name: "Pharmacie", ...times(3_179, 4_400, 7_200, 10_400), alarm: false },
  ],
  byDay: Array.from({ length: 7 }, (_, index) => ({
    day: new Date(now - days(6 - index)).toISOString().slice(0, 10),
    ...times(2_300 + index * 90, 5_000 + index * 60, 8_800 + index * 110, 13_100 + index * 200),
  })),
  byHour: [
    110, 84, 71, 66, 90, 340, 2_810, 9_400, 8_120, 5_300, 4_700, 4_100, 5_200, 6_900, 5_400, 4_300, 3_900, 3_100, 2_700,
    3_600, 2_900, 900, 410, 190,
  ],
  slowest: [
    { id: "w1", name: "BLOC-07", placeName: "Bloc opératoire", ...times(61, 9_800, 18_400, 27_000), alarm: true },
    { id: "w2", name: "BLOC-02", placeName: "Bloc opératoire", ...times(74, 8_900, 12_900, 19_000), alarm: true },
    { id: "w3", name: "URGENCES-11", placeName: "Urgences", ...times(212, 6_100, 9_700, 13_000), alarm: false },
  ],
};

const rates: FallbackRates = {
  now,
  limits: { perHundred: 5, perPerson: 3, fewest: 20 },
  places: [
    {
      ...{ place: "bloc", name: "Bloc opératoire", signIns: 1_903 },
      ...{ byPassword: 133, byBreakGlass: 4, rate: 7.2, alarm: true },
    },
    {
      ...{ place: "urgences", name: "Urgences", signIns: 7_210 },
      ...{ byPassword: 166, byBreakGlass: 11, rate: 2.5, alarm: false },
    },
    {
      ...{ place: "pharmacie", name: "Pharmacie", signIns: 3_179 },
      ...{ byPassword: 12, byBreakGlass: 0, rate: 0.4, alarm: false },
    },
  ],
  persons: [
    { holder: { id: "899700633475", displayName: "Sofia LAMBERT" }, issued: 4, lastAt: now - hours(2), alarm: true },
    { holder: { id: "899700744586", displayName: "Paul NGUYEN" }, issued: 1, lastAt: now - hours(9), alarm: false },
  ],
  sprayed: [
    {
      at: now - days(3),
      workstationName: "URGENCES-11",
      placeName: "Urgences",
      detail: alarmDetail({ alarm: "sprayed", names: 6, minutes: 10 }),
    },
  ],
};

const pauses: PausesView = {
  now,
  holders: [{ id: "899700633475", displayName: "Sofia LAMBERT", until: now + 95_000 }],
  workstations: [],
  otherNames: 2,
};

const workstations: WorkstationsView = {
  now,
  brokerVersion: "0.1.0",
  count: 4,
  places: stopwatch.places,
  workstations: [
    {
      ...{ id: "w1", name: "BLOC-07", place: "bloc", placeName: "Bloc opératoire", enrolledAt: now - days(120) },
      ...{ connected: false, seenAt: now - hours(5), version: "0.0.9", host: "desktop", readers: [], waiting: 3 },
      trouble: "reader-service-stopped",
    },
    {
      ...{ id: "w4", name: "CARDIO-01", place: "cardiologie", placeName: "Cardiologie – 3ᵉ étage" },
      ...{ enrolledAt: now - days(300), connected: true, seenAt: now, version: "0.1.0", host: "kiosk", waiting: 0 },
      readers: ["Gemalto PC Twin Reader 00 00"],
      session: { displayName: "Camille AUBERT", state: "open" },
    },
    {
      ...{ id: "w5", name: "CARDIO-02", place: "cardiologie", placeName: "Cardiologie – 3ᵉ étage" },
      ...{ enrolledAt: now - days(300), connected: true, seenAt: now, version: "0.1.0", host: "kiosk", waiting: 0 },
      readers: ["ACS ACR1252 Dual Reader 00 00", "ACS ACR1252 Dual Reader 00 01"],
      session: { displayName: "Inès MOREL", state: "covered" },
    },
    {
      ...{ id: "w6", name: "PUI-04", place: "pharmacie", placeName: "Pharmacie", enrolledAt: now - days(2) },
      ...{ connected: true, seenAt: now },
    },
  ],
};

const record = (sequence: number, hoursAgo: number, act: string, more: object = {}) => ({
  ...{ sequence, at: now - hours(hoursAgo), act, holder: "899700218896" },
  ...{ means: "card-pin" as const, workstation: "w5", workstationName: "CARDIO-02", place: "Cardiologie – 3ᵉ étage" },
  ...more,
});
const report: Report = {
  kind: "person",
  subject: "Inès MOREL (899700218896)",
  from: now - days(25),
  to: now,
  madeAt: now,
  madeBy: "Camille AUBERT",
  reason: "Demande de la direction des soins, dossier 2026-114",
  recordedAs: 41_873,
  more: false,
  acts: [
    { key: "session-resumed", count: 61 },
    { key: "application-launched", count: 48 },
    { key: "session-opened", count: 14 },
    { key: "launch-denied", count: 1 },
  ],
  applications: [
    { key: "dossier", count: 33 },
    { key: "prescription", count: 15 },
  ],
  means: [
    { key: "card-presence", count: 61 },
    { key: "card-pin", count: 14 },
  ],
  workstations: [
    { key: "CARDIO-02", count: 92 },
    { key: "CARDIO-01", count: 32 },
  ],
  records: [
    record(41_201, 30, "session-opened"),
    record(41_202, 30, "application-launched", { application: "dossier", policy: "record-for-carers" }),
    record(41_240, 29, "seat-covered", { detail: "card-removed" }),
    record(41_251, 28.8, "session-resumed", { means: "card-presence" }),
    record(41_260, 28.7, "launch-denied", { application: "prescription", code: "application-not-entitled" }),
  ],
  csv: "",
};

const settings: SettingsInForce = {
  demonstration: false,
  sessionHours: 12,
  graceSeconds: { least: 0, most: 300 },
  idleSeconds: { least: 900, most: 900, never: 0 },
  pinMinutes: 10,
  fallback: fallbackConfiguration.parse({
    profiles: [
      { id: "shift", name: "Une garde", minutes: 720, signIns: 20, secondPerson: false },
      { id: "day", name: "Une journée, partout", minutes: 1440, signIns: 40, secondPerson: true },
    ],
    checklist: [{ id: "call-back", text: { fr: "Rappelé" } }],
  }),
  breakGlass: { minutes: 30, reviewDays: 3, places: 9, withoutCard: 2, permits: 3 },
  notices: { toPerson: 2, ofAlarms: 1 },
  places: { outside: 2, all: 14 },
  federation: true,
  directory: { required: true, sources: ["active-directory", "hr"] },
  administrators: 9,
  auditorsAlone: { alone: 2, all: 2 },
  browserOrigin: "https://wardkey.hospital.example",
  clients: { told: 11, all: 12 },
  trust: { signed: true, version: 7, families: ["CPS", "CPF"], sources: 5, goodSources: 3 },
  trail: {
    records: 41_872,
    notSealed: 2,
    checkpointSeconds: 60,
    checkpointFile: true,
    exports: ["siem (syslog)"],
    retentionMonths: 12,
    identifiers: { keyMonths: 12 },
  },
  policyVersion: "4f2a9b1c77de",
  cards: cards.counts,
};

const compliance: ComplianceView = {
  now,
  items: [...asvsRequirements, ...hipaaRequirements, ...frenchRequirements].map(({ state, facts, ...asked }) => ({
    ...asked,
    evidence: [...asked.evidence],
    state: typeof state === "function" ? state(settings) : state,
    facts: facts.map(fact => ({ id: fact, value: factValue(fact, settings) })),
  })),
};

/** What the broker would say of times, rates, cards, workstations, reports and frameworks. */
export const watchAnswers = {
  [consoleRoutes.stopwatch.path]: stopwatch,
  [consoleRoutes.fallbackRates.path]: rates,
  [consoleRoutes.pauses.path]: pauses,
  [consoleRoutes.cards.path]: cards,
  [consoleRoutes.workstations.path]: workstations,
  [consoleRoutes.report.path]: report,
  [consoleRoutes.compliance.path]: compliance,
};
export const emptyWatchAnswers = {
  [consoleRoutes.stopwatch.path]: { ...stopwatch, stages: [], byPlace: [], byDay: [], slowest: [] },
  [consoleRoutes.cards.path]: { ...cards, count: 0, cards: [], counts: { good: 0, expiring: 0, expired: 0, lost: 0 } },
};
