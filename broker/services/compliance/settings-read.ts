import type { SettingsInForce } from "./settings-in-force.ts";

/** A copy that the broker's own administrator cannot rewrite. */
export const keptApart = ({ trail }: SettingsInForce) => trail.checkpointFile || trail.exports.length > 0;

/** Somebody may get in by a name that he has not proved. */
export const offersClaims = ({ breakGlass }: SettingsInForce) => (breakGlass?.withoutCard ?? 0) > 0;

export const offersDirectoryPasswords = ({ fallback }: SettingsInForce) =>
  (fallback?.directoryPasswords.length ?? 0) > 0;

/** Nothing but a card opens a session. */
export const cardAlone = (settings: SettingsInForce) =>
  settings.fallback === undefined && !settings.federation && !offersClaims(settings);

/** When the key is destroyed by which the oldest of its records name somebody; `undefined`: they name him for ever. */
export function namelessAfterMonths({ trail: { identifiers } }: SettingsInForce): number | undefined {
  return identifiers?.destroyAfterMonths === undefined
    ? undefined
    : identifiers.keyMonths + identifiers.destroyAfterMonths;
}
