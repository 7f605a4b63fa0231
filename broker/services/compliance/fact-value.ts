import type { ComplianceFact } from "../../../protocol/broker/console/compliance.ts";
import type { SettingsInForce } from "./settings-in-force.ts";

/** A setting as a person reads it beside its name; numbers, names and `✓` or `–` need no translation. */
export function factValue(fact: ComplianceFact, settings: SettingsInForce): string {
  const { fallback, trail, trust, directory } = settings;
  const throttling = fallback?.throttling;
  const yes = (is: boolean) => (is ? "✓" : "–");
  const list = (names: readonly string[]) => (names.length === 0 ? "–" : names.join(", "));
  switch (fact) {
    case "administrators":
      return String(settings.administrators);
    case "auditors-alone":
      return `${settings.auditorsAlone.alone} / ${settings.auditorsAlone.all}`;
    case "back-channel":
      return `${settings.clients.told} / ${settings.clients.all}`;
    case "browser-origin":
      return settings.browserOrigin;
    case "cards-expiring":
      return String(settings.cards.expiring);
    case "cards-lost":
      return String(settings.cards.lost);
    case "checklist":
      return String(fallback?.checklist.length ?? 0);
    case "checkpoint-file":
      return yes(trail.checkpointFile);
    case "checkpoint-seconds":
      return `${trail.checkpointSeconds} s`;
    case "demonstration":
      return yes(settings.demonstration);
    case "directory-required":
      return yes(directory.required);
    case "directory-sources":
      return list(directory.sources);
    case "exports":
      return list(trail.exports);
    case "families":
      return list(trust.families);
    case "federation":
      return yes(settings.federation);
    case "free-tries":
      return String(throttling?.freeTries ?? "–");
    case "grace":
      return `${settings.graceSeconds.least} – ${settings.graceSeconds.most} s`;
    case "longest-access":
      return fallback === undefined ? "–" : `${Math.max(...fallback.profiles.map(({ minutes }) => minutes))} min`;
    case "longest-pause":
      return throttling === undefined ? "–" : `${throttling.longestPauseSeconds} s`;
    case "means":
      return list([
        "card-pin",
        "card-presence",
        ...(settings.federation ? ["federated"] : []),
        ...(fallback === undefined ? [] : ["temporary-password"]),
      ]);
    case "not-sealed":
      return String(trail.notSealed);
    case "pin-minutes":
      return `${settings.pinMinutes} min`;
    case "policies":
      return settings.policyVersion.slice(0, 8);
    case "profiles":
      return list(fallback?.profiles.map(({ name }) => name) ?? []);
    case "records":
      return String(trail.records);
    case "retention":
      return "∞";
    case "revocation":
      return `${trust.goodSources} / ${trust.sources}`;
    case "second-person":
      return `${fallback?.profiles.filter(({ secondPerson }) => secondPerson).length ?? 0} / ${fallback?.profiles.length ?? 0}`;
    case "session-hours":
      return `${settings.sessionHours} h`;
    case "trust-document":
      return `${yes(trust.signed)} ${trust.signed ? trust.version : ""}`.trim();
    case "workstation-tries":
      return String(throttling?.workstationTries ?? "–");
    default:
      return fact satisfies never;
  }
}
