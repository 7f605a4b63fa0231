import type { ComplianceFact } from "../../../protocol/broker/console/compliance.ts";
import type { SettingsInForce } from "./settings-in-force.ts";
import { namelessAfterMonths, offersClaims, offersDirectoryPasswords } from "./settings-read.ts";

/** A setting as a person reads it beside its name; numbers, names and `✓` or `–` need no translation. */
export function factValue(fact: ComplianceFact, settings: SettingsInForce): string {
  const { fallback, breakGlass, notices, places, trail, trust, directory } = settings;
  const throttling = fallback?.throttling;
  const offered = fallback?.profiles ?? [];
  const yes = (is: boolean) => (is ? "✓" : "–");
  const list = (names: readonly string[]) => (names.length === 0 ? "–" : names.join(", "));
  switch (fact) {
    case "administrators":
      return String(settings.administrators);
    case "auditors-alone":
      return `${settings.auditorsAlone.alone} / ${settings.auditorsAlone.all}`;
    case "back-channel":
      return `${settings.clients.told} / ${settings.clients.all}`;
    case "break-glass-length":
      return breakGlass === undefined ? "–" : `${breakGlass.minutes} min`;
    case "break-glass-permits":
      return String(breakGlass?.permits ?? 0);
    case "break-glass-places":
      return `${breakGlass?.places ?? 0} / ${places.all}`;
    case "break-glass-review":
      return breakGlass === undefined ? "–" : `${breakGlass.reviewDays * 24} h`;
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
    case "directory-passwords":
      return list(fallback?.directoryPasswords.map(({ source, minutes }) => `${source} (${minutes} min)`) ?? []);
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
    case "idle": {
      const { least, most, never } = settings.idleSeconds;
      return Number.isFinite(least) ? `${least} – ${most} s${never === 0 ? "" : ` (– : ${never})`}` : "–";
    }
    case "identifiers":
      return yes(trail.identifiers !== undefined);
    case "longest-access":
      return offered.length === 0 ? "–" : `${Math.max(...offered.map(({ minutes }) => minutes))} min`;
    case "longest-pause":
      return throttling === undefined ? "–" : `${throttling.longestPauseSeconds} s`;
    case "means":
      return list([
        "card-pin",
        "card-presence",
        ...(settings.federation ? ["federated"] : []),
        ...(offered.length === 0 ? [] : ["temporary-password"]),
        ...(offersDirectoryPasswords(settings) ? ["directory-password"] : []),
        ...(offersClaims(settings) ? ["break-glass"] : []),
      ]);
    case "nameless-after":
      return String(namelessAfterMonths(settings) ?? "∞");
    case "not-sealed":
      return String(trail.notSealed);
    case "notices-of-alarms":
      return String(notices?.ofAlarms ?? 0);
    case "notices-to-person":
      return `${notices?.toPerson ?? 0} / 2`;
    case "pin-minutes":
      return `${settings.pinMinutes} min`;
    case "places-outside":
      return `${places.outside} / ${places.all}`;
    case "policies":
      return settings.policyVersion.slice(0, 8);
    case "profiles":
      return list(offered.map(({ name }) => name));
    case "records":
      return String(trail.records);
    case "retention":
      return String(trail.retentionMonths ?? "∞");
    case "revocation":
      return `${trust.goodSources} / ${trust.sources}`;
    case "second-person":
      return `${offered.filter(({ secondPerson }) => secondPerson).length} / ${offered.length}`;
    case "session-hours":
      return `${settings.sessionHours} h`;
    case "trust-document":
      return `${yes(trust.signed)} ${trust.signed ? trust.version : ""}`.trim();
    case "without-card":
      return `${breakGlass?.withoutCard ?? 0} / ${places.all}`;
    case "workstation-tries":
      return String(throttling?.workstationTries ?? "–");
    default:
      return fact satisfies never;
  }
}
