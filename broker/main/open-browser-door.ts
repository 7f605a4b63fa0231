import { providerKeysOf } from "../oidc/provider-keys-of.ts";
import { SeatBrowsers } from "../oidc/seat-browsers.ts";
import { openWebDoor } from "../oidc/web-door.ts";
import { type ConsoleDoor, openConsoleDoor } from "../routes/console-door.ts";
import { type OwnDoor, openOwnDoor } from "../routes/own-door.ts";
import { openScimDoor, type ScimDoor } from "../routes/scim-door.ts";
import { lazySamlKeys } from "../saml/saml-keys.ts";
import { scimSourceOf } from "../scim/scim-configuration.ts";
import { secondFactorsWanted } from "../second-factor/second-factors-wanted.ts";
import { brokerVersion } from "./broker-version.ts";
import type { OpenCardTrust } from "./open-card-trust.ts";
import type { Ground } from "./open-ground.ts";
import type { OpenHouse } from "./open-house.ts";
import type { OpenPortal } from "./open-portal.ts";
import type { OpenSessions } from "./open-sessions.ts";
import type { OpenSignIns } from "./open-sign-ins.ts";
import type { OpenTrail } from "./open-trail.ts";
import type { OpenWorkstations } from "./open-workstations.ts";

type Parts = Ground &
  OpenCardTrust &
  OpenHouse &
  OpenWorkstations &
  OpenSessions &
  OpenPortal &
  Pick<OpenTrail, "signer"> &
  OpenSignIns;

/**
 * Where browsers and web clients come: the console, the holder's own pages, SCIM, and the providers of OpenID Connect and SAML. Pages that
 * are not built stop the start before anything listens.
 */
export async function openBrowserDoor(parts: Parts): Promise<void> {
  const { configuration, store, clock, life } = parts;
  const keys = providerKeysOf(configuration, store, clock);
  life.sweep(() => keys.tick());
  const secure = configuration.web.origin.startsWith("https:");
  const web = await openWebDoor({
    ...{ ...parts, keys },
    browsers: new SeatBrowsers({ name: "wardkey_seat", sameSite: "Lax", secure }),
    samlKeys: lazySamlKeys(`${configuration.store}.saml`, clock),
    console: life.keep(await consoleDoor(parts)),
    own: life.keep(await ownDoor(parts)),
    scim: life.keep(await scimDoor(parts)),
  });
  life.keep(web);
}

/** Where administrators are named. */
async function consoleDoor(parts: Parts): Promise<ConsoleDoor | undefined> {
  const { administrators, signer, key, breakGlass } = parts;
  if (!administrators.any) return undefined;
  return openConsoleDoor({
    ...parts,
    trailKey: signer,
    brokerKey: key.fingerprint,
    brokerVersion: brokerVersion(),
    breakGlass: breakGlass?.endings,
  });
}

/** Where there is somebody to register a second factor. Whoever administers can make a place one outside while the broker runs. */
async function ownDoor(parts: Parts): Promise<OwnDoor | undefined> {
  const { configuration, house, administrators, secondFactors } = parts;
  if (!administrators.any && !secondFactorsWanted(house, configuration.fallback)) return undefined;
  return openOwnDoor({ ...parts, ...secondFactors, webOrigin: configuration.web.origin });
}

/** Where a source of the directory is written by SCIM. */
async function scimDoor({ configuration, store, clock, log, sessionEndings }: Parts): Promise<ScimDoor | undefined> {
  const sources = configuration.directory.sources.flatMap(one => (one.kind === "scim" ? [scimSourceOf(one)] : []));
  if (sources.length === 0) return undefined;
  const onChange = () => sessionEndings.endWithdrawn();
  return openScimDoor({ store, clock, log, origin: configuration.web.origin, sources, onChange });
}
