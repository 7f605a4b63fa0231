import { glassWaysAt } from "../break-glass/glass-ways-at.ts";
import { secondFactorsWanted } from "../second-factor/second-factors-wanted.ts";
import { Administrators } from "../services/administrators.ts";
import { BuiltInApplications } from "../services/built-in-applications.ts";
import { LaunchTickets } from "../services/launch-tickets.ts";
import { Launches } from "../services/launches.ts";
import { Portal } from "../services/portal.ts";
import { SessionActivities } from "../services/session-activities.ts";
import type { Ground } from "./open-ground.ts";
import type { OpenHouse } from "./open-house.ts";
import type { OpenSessions } from "./open-sessions.ts";
import type { OpenWorkstations } from "./open-workstations.ts";

export interface OpenPortal {
  readonly administrators: Administrators;
  readonly builtIn: BuiltInApplications;
  readonly activities: SessionActivities;
  readonly launches: Launches;
  readonly tickets: LaunchTickets;
  readonly portal: Portal;
}

/** What a session's holder may open, and how it is opened. */
export function openPortal(parts: Ground & OpenHouse & OpenWorkstations & OpenSessions): OpenPortal {
  const { configuration, clock, house, registered } = parts;
  const { breakGlass, fallback, web } = configuration;
  const administrators = new Administrators(configuration.administrators);
  const builtIn = new BuiltInApplications(administrators, () => secondFactorsWanted(house, fallback));
  const activities = new SessionActivities({ ...parts, activities: registered });
  const launches = new Launches({ ...parts, builtIn, activities });
  const tickets = new LaunchTickets(clock);
  const portal = new Portal({
    ...{ ...parts, activities, launches, builtIn, tickets },
    mayBreakGlass: ({ means }, place) =>
      (means === "card-pin" || means === "card-presence") &&
      glassWaysAt(breakGlass, house, place).includes("with-card"),
    webOrigin: web.origin,
  });
  return { administrators, builtIn, activities, launches, tickets, portal };
}
