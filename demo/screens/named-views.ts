import type { PinCareView, Screen, Tile, View } from "../../protocol/window/view.ts";
import { emergencyReasons } from "../emergency-reasons.ts";

const now = Date.now();
const minutes = (count: number) => count * 60_000;

const base: View = {
  revision: 1,
  workstation: { name: "CARDIO-01", placeName: "Cardiologie – 3ᵉ étage", helpdeskPhone: "15 24", demonstration: true },
  connection: "connected",
  reader: { state: "card-in" },
  screen: { name: "cover" },
};

const withoutCard: View = {
  ...base,
  workstation: { ...base.workstation, federation: "Pro Santé Connect (e-CPS)" },
  reader: { state: "empty" },
};
const forgotten: View = {
  ...base,
  workstation: { ...base.workstation, temporaryAccess: true },
  reader: { state: "empty" },
};
const inEmergency: View = {
  ...base,
  workstation: {
    ...base.workstation,
    temporaryAccess: true,
    breakGlass: {
      minutes: 30,
      reasons: [
        ...emergencyReasons,
        {
          id: "other",
          text: { fr: "Autre urgence", en: "Another emergency", es: "Otra urgencia", ca: "Una altra urgència" },
        },
      ],
      withoutCard: true,
    },
  },
};
const usual: View = {
  ...base,
  workstation: { ...base.workstation, directoryPassword: true },
  reader: { state: "empty" },
};
const physician = { displayName: "Camille AUBERT", profession: "Médecin" };
const tiles = [
  { id: "patient-record", name: "Dossier patient", icon: "folder-heart", open: true },
  { id: "prescriptions", name: "Prescriptions", icon: "pill", open: false },
  { id: "imaging", name: "Imagerie", icon: "scan", open: false },
  { id: "laboratory", name: "Résultats de laboratoire", icon: "test-tubes", open: false },
];
const favouriteTiles: readonly Tile[] = tiles.map((tile, index) => ({
  ...tile,
  ...(index === 1 ? { favourite: true } : {}),
}));
const activities = [
  { id: "1003-hospital", label: "Médecin – Cardiologie", structureName: "Centre hospitalier – Cardiologie" },
  { id: "1003-heart-clinic", label: "Médecin – Libéral", structureName: "Clinique du Cœur" },
  { id: "1003-emergency", label: "Médecin – Urgences", structureName: "SAMU du département" },
];
const choice: Screen = {
  name: "activity",
  holder: physician,
  activities,
  last: "1003-hospital",
  working: false,
  closes: [],
};
const headings = ["Soins", "Médicament", "Imagerie et biologie", "Secrétariat", "Vie de l’hôpital"];
const icons = ["folder-heart", "pill", "scan", "test-tubes", "file-text"];
const manyNames = [
  "Dossier patient",
  "Prescriptions",
  "Imagerie",
  "Résultats de laboratoire",
  "Comptes rendus opératoires",
  "Planning du bloc",
  "Transfusion",
  "Pharmacovigilance",
];
const manyTiles: Tile[] = Array.from({ length: 80 }, (_, index) => ({
  id: `application-${index}`,
  name: `${manyNames[index % 8]} ${Math.floor(index / 8) + 1}`,
  icon: icons[index % 5] ?? "file-text",
  group: headings[Math.floor(index / 16)] ?? "",
  open: index === 2,
  ...(index % 19 === 2 ? { favourite: true } : {}),
  ...(index % 17 === 4 ? { usedAt: now - minutes(index) } : {}),
  ...(index % 16 === 5 ? { unavailable: { reason: "means" as const } } : {}),
}));
const closed: Readonly<Record<string, NonNullable<Tile["unavailable"]>>> = {
  prescriptions: { reason: "means" },
  laboratory: {
    reason: "policy",
    words: {
      fr: "Au laboratoire seulement.",
      en: "At the laboratory only.",
      es: "Solo en el laboratorio.",
      ca: "Només al laboratori.",
    },
  },
};
const closedTiles = tiles.map(tile => ({ ...tile, unavailable: closed[tile.id] }));
const portal: Screen = {
  name: "portal",
  holder: physician,
  means: "card-pin",
  openedAt: now - minutes(31),
  expiresAt: now + minutes(689),
  tiles,
};
const temporaryPortal: Screen = {
  ...portal,
  means: "temporary-password",
  expiresAt: now + minutes(402),
  temporaryAccess: { reason: "carte restée au domicile", until: now + minutes(402), left: 5 },
  tiles: tiles.map((tile, index) =>
    index === 1 || index === 3 ? { ...tile, unavailable: { reason: "means" } } : tile,
  ),
};
const emergencyReason = { kind: "vital", words: "lit 12, arrêt cardiaque", until: now + minutes(27) };
const emergencyTiles: Tile[] = tiles.map((tile, index) =>
  index === 3 ? { ...tile, unavailable: { reason: "break-glass" } } : tile,
);
const pin = (triesLeft: number, more: Partial<Extract<Screen, { name: "pin" }>> = {}): Screen => ({
  name: "pin",
  holder: physician,
  triesLeft,
  minimumLength: 6,
  maximumLength: 8,
  question: 1,
  confirmLastTry: false,
  ...more,
});

const blocked: Screen = { name: "trouble", code: "pin-blocked", triesLeft: 0, canUnblock: true };
const newPin = (
  kind: "change" | "unblock",
  more: Partial<Extract<PinCareView, { step: "typing" }>> = {},
): PinCareView => ({
  step: "typing",
  kind,
  minimumLength: 6,
  maximumLength: 8,
  question: 1,
  confirmLastTry: false,
  ...more,
});

/** Every screen and state of the window, by name. */
export const namedViews: Readonly<Record<string, View>> = {
  cover: { ...base, reader: { state: "empty" } },
  "cover-no-reader": { ...base, reader: { state: "no-reader" } },
  "cover-reader-trouble": { ...base, reader: { state: "trouble", code: "reader-service-stopped" } },
  "cover-finished": base,
  "cover-moved": {
    ...base,
    reader: { state: "empty" },
    receipt: { kind: "moved-away", holder: physician.displayName, to: "CARDIO-02", at: now },
  },
  "cover-withdrawn": {
    ...base,
    reader: { state: "empty" },
    receipt: { kind: "ended", holder: physician.displayName, at: now, reason: "withdrawn" },
  },
  "cover-disconnected": { ...base, reader: { state: "empty" }, connection: "disconnected" },
  "cover-phone": { ...withoutCard, screen: { name: "cover" } },
  identifier: { ...withoutCard, screen: { name: "identifier", question: 1 } },
  "identifier-refused": {
    ...withoutCard,
    screen: { name: "identifier", question: 2, problem: "federation-refused" },
  },
  phone: { ...withoutCard, screen: { name: "phone", bindingMessage: "47" } },
  "cover-forgotten-card": { ...forgotten, screen: { name: "cover" } },
  "covered-forgotten-card": {
    ...forgotten,
    screen: { name: "covered", holder: physician.displayName, since: now - minutes(3) },
  },
  password: { ...forgotten, screen: { name: "password", question: 1, who: "" } },
  "password-refused": {
    ...forgotten,
    screen: { name: "password", question: 2, who: "Camille Aubert", problem: "password-refused" },
  },
  "second-factor": { ...base, screen: { name: "second-factor", holder: physician, factors: ["totp"], question: 1 } },
  "second-factor-both": {
    ...base,
    screen: {
      ...{ name: "second-factor", holder: physician, factors: ["totp", "security-key"], question: 2 },
      problem: "second-factor-wrong",
    },
  },
  "second-factor-key": {
    ...base,
    screen: { name: "second-factor", holder: physician, factors: ["security-key"], question: 1 },
  },
  "security-key": { ...base, screen: { name: "security-key" } },
  "trouble-second-factor-missing": { ...base, screen: { name: "trouble", code: "second-factor-missing" } },
  "password-either": {
    ...forgotten,
    workstation: { ...forgotten.workstation, directoryPassword: true },
    screen: { name: "password", question: 1, who: "" },
  },
  "password-usual": { ...usual, screen: { name: "password", question: 1, who: "" } },
  "password-usual-unavailable": {
    ...usual,
    screen: { name: "password", question: 2, who: "c.aubert", problem: "directory-password-unavailable" },
  },
  "portal-usual-password": {
    ...usual,
    screen: { ...temporaryPortal, means: "directory-password", temporaryAccess: undefined },
  },
  "portal-temporary": { ...forgotten, screen: temporaryPortal },
  "portal-temporary-issued": {
    ...base,
    screen: portal,
    receipt: { kind: "temporary-access-issued", by: "Dominique LEROY", issuedAt: now - minutes(420), at: now },
  },
  "portal-second-factors-changed": {
    ...base,
    screen: portal,
    receipt: { kind: "second-factors-changed", changedAt: now - minutes(95), at: now },
  },
  "cover-emergency": { ...inEmergency, reader: { state: "empty" }, screen: { name: "cover" } },
  "break-glass": {
    ...inEmergency,
    reader: { state: "empty" },
    screen: { name: "break-glass", question: 1, who: "", words: "" },
  },
  "break-glass-refused": {
    ...inEmergency,
    reader: { state: "empty" },
    screen: {
      name: "break-glass",
      question: 2,
      who: "Camille Aubert",
      words: "lit 12, arrêt cardiaque",
      problem: "break-glass-refused",
    },
  },
  "portal-emergency": { ...inEmergency, screen: { ...portal, tiles: emergencyTiles } },
  "portal-emergency-refused": {
    ...inEmergency,
    screen: {
      ...portal,
      tiles: emergencyTiles,
      breakGlassRefused: { application: "laboratory", code: "sign-in-throttled" },
    },
  },
  "portal-glass-broken": {
    ...inEmergency,
    screen: { ...portal, breakGlass: { ...emergencyReason, identity: "proved" } },
  },
  "portal-glass-claimed": {
    ...inEmergency,
    reader: { state: "empty" },
    screen: {
      ...portal,
      means: "break-glass",
      expiresAt: emergencyReason.until,
      breakGlass: { ...emergencyReason, identity: "claimed" },
      tiles: tiles.map((tile, index) => (index === 0 ? tile : { ...tile, unavailable: { reason: "means" } })),
    },
  },
  working: { ...base, screen: { name: "working", stage: "asking" } },
  pin: { ...base, screen: pin(3) },
  "pin-wrong": { ...base, screen: pin(2, { problem: "pin-wrong" }) },
  "pin-last-try": { ...base, screen: pin(1, { confirmLastTry: true, problem: "pin-wrong" }) },
  "pin-on-reader": { ...base, screen: { name: "pin-pad", holder: physician, triesLeft: 3 } },
  "pin-on-reader-wrong": { ...base, screen: pin(2, { problem: "pin-wrong", onReader: true }) },
  "pin-asked-again": { ...base, screen: pin(3, { askedBy: "Prescriptions" }) },
  "pin-asked-again-last-try": { ...base, screen: pin(1, { askedBy: "Prescriptions", confirmLastTry: true }) },
  "pin-asked-again-failed": {
    ...base,
    screen: { name: "trouble", code: "pin-blocked", triesLeft: 0, askedBy: "Prescriptions" },
  },
  "activity-choice": { ...base, screen: choice },
  "activity-change": {
    ...base,
    screen: { ...choice, present: "1003-heart-clinic", closes: ["Dossier patient", "Imagerie"] },
  },
  "activity-unrecorded": { ...base, screen: { ...choice, problem: "broker-unreachable" } },
  portal: { ...base, screen: portal },
  "portal-idle": { ...base, screen: portal, coversAt: now + 42_000 },
  "portal-activity": {
    ...base,
    screen: {
      ...portal,
      tiles: [...favouriteTiles],
      activity: { label: "Médecin – Libéral, Clinique du Cœur", changeable: true },
    },
  },
  "portal-moved": {
    ...base,
    screen: {
      ...portal,
      means: "card-presence",
      tiles: closedTiles.map((tile, index) => ({
        ...tile,
        open: index === 2,
        ...(index < 2 ? { elsewhere: "URGENCES-07" } : {}),
      })),
    },
    receipt: { kind: "resumed-here", from: "URGENCES-07", at: now, applications: ["Dossier patient", "Imagerie"] },
  },
  "pin-change": { ...base, screen: portal, pinCare: newPin("change", { triesLeft: 3 }) },
  "pin-change-wrong": { ...base, screen: portal, pinCare: newPin("change", { triesLeft: 2, problem: "pin-wrong" }) },
  "pin-unblock": { ...base, screen: blocked, pinCare: newPin("unblock") },
  "pin-unblock-failed": {
    ...base,
    screen: blocked,
    pinCare: { step: "failed", kind: "unblock", code: "unblocking-code-blocked" },
  },
  "portal-resumed": {
    ...base,
    screen: { ...portal, means: "card-presence" },
    receipt: { kind: "resumed-here", from: "CARDIO-02", at: now, applications: ["Dossier patient"] },
  },
  "portal-closed": { ...base, screen: { ...portal, means: "card-presence", tiles: closedTiles } },
  "portal-many": { ...base, screen: { ...portal, tiles: manyTiles } },
  "portal-empty": { ...base, screen: { ...portal, tiles: [] } },
  covered: {
    ...base,
    reader: { state: "empty" },
    screen: { name: "covered", holder: physician.displayName, since: now - minutes(1), graceUntil: now + minutes(4) },
  },
  "trouble-revoked": { ...base, screen: { name: "trouble", code: "certificate-revoked" } },
  "trouble-blocked": { ...base, screen: blocked },
  "trouble-broker": { ...base, connection: "disconnected", screen: { name: "trouble", code: "broker-unreachable" } },
};
