import type { PinCareView, Screen, Tile, View } from "../../protocol/window/view.ts";

const now = Date.now();
const minutes = (count: number) => count * 60_000;

const base: View = {
  revision: 1,
  workstation: { name: "CARDIO-01", placeName: "Cardiologie – 3ᵉ étage", helpdeskPhone: "15 24", demonstration: true },
  connection: "connected",
  reader: { state: "card-in" },
  screen: { name: "cover" },
};

const physician = { displayName: "Camille AUBERT", profession: "Médecin" };
const tiles = [
  { id: "patient-record", name: "Dossier patient", icon: "folder-heart", open: true },
  { id: "prescriptions", name: "Prescriptions", icon: "pill", open: false },
  { id: "imaging", name: "Imagerie", icon: "scan", open: false },
  { id: "laboratory", name: "Résultats de laboratoire", icon: "test-tubes", open: false },
];
const headings = ["Soins", "Médicament", "Imagerie et biologie", "Secrétariat", "Vie de l’hôpital"];
const icons = ["folder-heart", "pill", "scan", "test-tubes", "file-text"];
const manyTiles = Array.from({ length: 80 }, (_, index) => ({
  id: `application-${index}`,
  name: `Application ${index + 1}`,
  icon: icons[index % 5] ?? "file-text",
  group: headings[Math.floor(index / 16)] ?? "",
  open: index === 2,
  ...(index % 16 === 5 ? { unavailable: { reason: "means" as const } } : {}),
}));
const closed: Readonly<Record<string, NonNullable<Tile["unavailable"]>>> = {
  prescriptions: { reason: "means" },
  laboratory: { reason: "policy", words: { fr: "Au laboratoire seulement.", en: "At the laboratory only." } },
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
  working: { ...base, screen: { name: "working", stage: "asking" } },
  pin: { ...base, screen: pin(3) },
  "pin-wrong": { ...base, screen: pin(2, { problem: "pin-wrong" }) },
  "pin-last-try": { ...base, screen: pin(1, { confirmLastTry: true, problem: "pin-wrong" }) },
  "pin-on-reader": { ...base, screen: { name: "pin-pad", holder: physician, triesLeft: 3 } },
  "pin-on-reader-wrong": { ...base, screen: pin(2, { problem: "pin-wrong", onReader: true }) },
  portal: { ...base, screen: portal },
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
