import { type OpenBreakGlass, openBreakGlass } from "../break-glass/open-break-glass.ts";
import type { Fallbacks } from "../fallback/fallbacks.ts";
import { openFallback } from "../fallback/open-fallback.ts";
import type { PasswordSignIns } from "../fallback/password-sign-ins.ts";
import type { FederatedSignIns } from "../federation/federated-sign-ins.ts";
import { openFederation } from "../federation/open-federation.ts";
import type { NoticeDelivery } from "../notices/notice-delivery.ts";
import { openNotices } from "../notices/open-notices.ts";
import { SecondFactorSignIns } from "../second-factor/second-factor-sign-ins.ts";
import { nodeTimers } from "../services/node-timers.ts";
import type { Ground } from "./open-ground.ts";
import type { OpenHouse } from "./open-house.ts";
import type { OpenPortal } from "./open-portal.ts";
import type { OpenSessions } from "./open-sessions.ts";
import type { OpenWorkstations } from "./open-workstations.ts";

/** The ways in where there is no card at hand, or a card is not enough; those that are not configured are absent. */
export interface OpenSignIns {
  /** Temporary access: what the helpdesk does, and what passwords open. */
  readonly fallbacks: Fallbacks | undefined;
  readonly passwords: PasswordSignIns | undefined;
  readonly breakGlass: OpenBreakGlass | undefined;
  readonly federated: FederatedSignIns | undefined;
  readonly secondFactorSignIns: SecondFactorSignIns;
  /** Brings the notices of what is done without card. */
  readonly notices: NoticeDelivery | undefined;
}

/** What had come to its end while no broker was there has ended when this does. */
export async function openSignIns(
  parts: Ground & Pick<OpenHouse, "house" | "entitlements"> & OpenWorkstations & OpenSessions & OpenPortal,
): Promise<OpenSignIns> {
  const { configuration, life, secondFactors } = parts;
  const { timeZone } = configuration;
  const notices = life.keep(openNotices(configuration.notices, { ...parts, timeZone }));
  const queueNotice = notices.queue;
  const { directory } = configuration;
  const { fallbacks, passwords } = openFallback(configuration.fallback, { ...parts, queueNotice, directory }) ?? {};
  const breakGlass = openBreakGlass(configuration.breakGlass, { ...parts, queueNotice, timers: nodeTimers });
  life.keep(breakGlass?.endings);
  for (const ends of [fallbacks, breakGlass?.endings]) {
    await ends?.tick();
    if (ends !== undefined) life.sweep(() => ends.tick());
  }
  const federated = life.keep(openFederation(configuration.federation, parts));
  const secondFactorSignIns = new SecondFactorSignIns({ ...parts, ...secondFactors });
  return { fallbacks, passwords, breakGlass, federated, secondFactorSignIns, notices: notices.delivery };
}
