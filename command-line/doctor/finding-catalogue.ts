import { failureCatalogue } from "../../core/errors/catalogue.ts";
import type { Facts } from "./facts.ts";

/** `warning`: it works, and will not for ever, or not well. `problem`: somebody has to do something. */
export type Level = "ok" | "warning" | "problem";

interface FindingEntry {
  readonly level: Level;
  readonly says: (facts: Facts) => string;
  readonly remedy?: string | ((facts: Facts) => string);
}

const remedyOfFailure = ({ failure }: Facts) =>
  failure === undefined ? "Send the bundle to support." : failureCatalogue[failure].remedy;
const newCard = "Order a new card now; until it is there, ask the helpdesk for temporary access.";
const startService = "Start it: systemctl enable --now pcscd.socket; the agent connects by itself.";

/** Everything that the doctor can find, by its code. Its words are made of facts alone. */
export const findingCatalogue = {
  "pcsc-answers": { level: "ok", says: () => "the PC/SC service answers" },
  "pcsc-not-installed": {
    level: "problem",
    says: () => "no PC/SC service is installed",
    remedy: "Install it: apt install pcscd, and the reader's driver (libccid for most).",
  },
  "pcsc-stopped": {
    level: "problem",
    says: () => "the PC/SC service is installed and does not run",
    remedy: startService,
  },
  "pcsc-silent": {
    level: "problem",
    says: () => "the PC/SC service takes connections and answers nothing",
    remedy: "Restart it: systemctl restart pcscd. If it comes back, unplug the readers one by one: a driver hangs.",
  },
  "pcsc-socket-closed": {
    level: "problem",
    says: ({ mode }) => `the PC/SC service's socket is not open to this user (permissions ${mode ?? "unknown"})`,
    remedy:
      "Give back its permissions (666) or add the user to the group that owns it; polkit decides who may use cards.",
  },
  "pcsc-refused": {
    level: "problem",
    says: () => "the PC/SC service refuses this user",
    remedy: failureCatalogue["reader-access-denied"].remedy,
  },
  "pcsc-trouble": {
    level: "problem",
    says: ({ failure }) => `the PC/SC service cannot be used (${failure})`,
    remedy: remedyOfFailure,
  },
  "no-reader": {
    level: "problem",
    says: () => "no reader is connected",
    remedy: "Plug one in; where one is, try another socket and cable, and check that its driver is installed (lsusb).",
  },
  reader: { level: "ok", says: ({ reader }) => `reader: ${reader}` },
  "reader-pair": {
    level: "ok",
    says: ({ reader, other }) => `${reader} and ${other} look like the two sides of one dual-interface reader`,
  },
  "no-card": { level: "ok", says: () => "no card is in a reader" },
  "card-known": {
    level: "ok",
    says: ({ reader, atr, family, interface: by, commands, milliseconds }) =>
      `card in ${reader}: ATR ${atr}, driver ${family}, ${by}; read with ${commands} APDUs in ${milliseconds} ms`,
  },
  "card-failed": {
    level: "problem",
    says: ({ reader, atr, failure, step }) =>
      `card in ${reader}${atr === undefined ? "" : ` (ATR ${atr})`}: ${failure} at ${step}`,
    remedy: remedyOfFailure,
  },
  "card-slow": {
    level: "warning",
    says: ({ reader, step, milliseconds }) => `card in ${reader}: ${step} took ${milliseconds} ms`,
    remedy: "Clean the card's contacts; try another reader and another card of the same family to see which is slow.",
  },
  "pin-ready": { level: "ok", says: ({ triesLeft }) => `PIN: ${triesLeft} tries left` },
  "pin-low": {
    level: "warning",
    says: ({ triesLeft }) => `PIN: only ${triesLeft} left of its tries`,
    remedy: "Let the holder type it with care: the right PIN gives all tries back.",
  },
  "pin-blocked": { level: "problem", says: () => "PIN: blocked", remedy: failureCatalogue["pin-blocked"].remedy },
  "certificate-good": {
    level: "ok",
    says: ({ use, day, daysLeft }) => `${use} certificate: good until ${day}, ${daysLeft} days`,
  },
  "certificate-expiring": {
    level: "warning",
    says: ({ use, day, daysLeft }) => `${use} certificate: ends on ${day}, in ${daysLeft} days`,
    remedy: newCard,
  },
  "certificate-expired": {
    level: "problem",
    says: ({ use, day }) => `${use} certificate: ended on ${day}`,
    remedy: newCard,
  },
  "certificate-not-yet-valid": {
    level: "problem",
    says: ({ use }) => `${use} certificate: not valid yet`,
    remedy: "Check this machine's clock, then the card's dates.",
  },
  "certificate-aside-expired": {
    level: "warning",
    says: ({ use, day }) => `${use} certificate: ended on ${day}; it signs nobody in`,
    remedy: "Nothing for signing in; other programs may miss it.",
  },
  "certificate-unreadable": {
    level: "warning",
    says: ({ use }) => `${use} certificate: cannot be read as strict DER X.509`,
    remedy: failureCatalogue["certificate-malformed"].remedy,
  },
  module: { level: "ok", says: ({ module }) => `PKCS#11 module in a usual place: ${module}` },
  "no-module": { level: "ok", says: () => "no PKCS#11 module in the usual places" },
  program: {
    level: "ok",
    says: ({ program, version }) => `${program}${version === undefined ? "" : ` ${version}`} is there`,
  },
  "node-old": {
    level: "problem",
    says: ({ version }) => `Node ${version} is too old`,
    remedy: "Start with the Node 24 of node_modules, as scripts/wardkey.mjs does.",
  },
  "no-window-program": {
    level: "problem",
    says: () => "neither Electron nor Chromium is there to show the window",
    remedy: "Install the distribution's chromium, or fetch Electron's binary.",
  },
  "keyring-answers": { level: "ok", says: () => "the operating system's keyring answers" },
  "keyring-silent": {
    level: "ok",
    says: () => "no keyring answers: the workstation's key is kept in a file that only its user reads",
  },
  "agents-running": { level: "ok", says: ({ count }) => `agents of ours that run here: ${count}` },
  "second-agent": {
    level: "warning",
    says: ({ count }) => `${count} agents of ours run here and share the readers`,
    remedy: "Stop all but one, unless each has a reader of its own (`wardkey agent --reader`).",
  },
  "state-not-given": {
    level: "ok",
    says: () => "enrolment, broker and disk were not looked at: --state names no folder",
  },
  enrolled: { level: "ok", says: ({ place }) => `enrolled; the workstation's key is in the ${place}` },
  "not-enrolled": {
    level: "problem",
    says: () => "this workstation is not enrolled, or its key cannot be read",
    remedy: failureCatalogue["workstation-unknown"].remedy,
  },
  "key-file-open": {
    level: "problem",
    says: ({ mode }) => `others can read the file with the workstation's key (permissions ${mode})`,
    remedy: "Take the permissions back (chmod 600), withdraw the workstation, and enrol it again.",
  },
  "settings-malformed": {
    level: "problem",
    says: () => "settings.json cannot be understood",
    remedy: failureCatalogue["settings-malformed"].remedy,
  },
  "broker-answers": {
    level: "ok",
    says: ({ version, milliseconds }) =>
      `the broker answers with its pinned key in ${milliseconds} ms, version ${version}`,
  },
  "broker-failed": {
    level: "problem",
    says: ({ failure }) => `the broker: ${failure}`,
    remedy: remedyOfFailure,
  },
  "broker-version-differs": {
    level: "warning",
    says: ({ version }) => `the broker has another version: ${version}`,
    remedy: "Bring workstation and broker to matching versions.",
  },
  "clock-agrees": { level: "ok", says: ({ seconds }) => `this clock and the broker's differ by ${seconds} s` },
  "clock-off": {
    level: "warning",
    says: ({ seconds }) => `this clock is ${seconds} s away from the broker's`,
    remedy: "Set it by the network (timedatectl set-ntp true), here or at the broker.",
  },
  "trust-current": {
    level: "ok",
    says: ({ count }) => `the broker's sources of revocation data that are good: ${count}`,
  },
  "trust-aged": {
    level: "warning",
    says: ({ count }) => `the broker's sources of revocation data that are late, too old or without data: ${count}`,
    remedy: "On the broker: `wardkey trust status` names them.",
  },
  "disk-free": { level: "ok", says: ({ megabytes }) => `${megabytes} MB are free where the state is kept` },
  "disk-low": {
    level: "warning",
    says: ({ megabytes }) => `only ${megabytes} MB are free where the state is kept`,
    remedy: "Free space.",
  },
  "disk-full": {
    level: "problem",
    says: ({ megabytes }) => `${megabytes} MB are free where the state is kept: nothing can be written`,
    remedy: "Free space; then start the agent again.",
  },
} as const satisfies Record<string, FindingEntry>;

export type FindingCode = keyof typeof findingCatalogue;
