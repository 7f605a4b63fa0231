import { Activity, type LucideIcon, ScanSearch, ScrollText, ShieldCheck } from "lucide-react";
import type { FC } from "react";
import type { ConsoleRole } from "../../protocol/broker/console/roles.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";
import { IdentityPage } from "./pages/identity-page.tsx";
import { LivePage } from "./pages/live-page.tsx";
import { TrailPage } from "./pages/trail-page.tsx";
import { TrustPage } from "./pages/trust-page.tsx";

export interface PageProps {
  readonly roles: readonly ConsoleRole[];
}

export interface ConsolePage {
  /** Its name in the address. */
  readonly id: "live" | "trust" | "identity" | "trail";
  readonly icon: LucideIcon;
  /** One of them is enough. */
  readonly roles: readonly ConsoleRole[];
  readonly Page: FC<PageProps>;
}

/** Every page, in the order of the navigation. */
export const pages: readonly ConsolePage[] = [
  { id: "live", icon: Activity, roles: consoleRoutes.live.roles, Page: LivePage },
  { id: "trust", icon: ShieldCheck, roles: consoleRoutes.trust.roles, Page: TrustPage },
  { id: "identity", icon: ScanSearch, roles: consoleRoutes.tryCard.roles, Page: IdentityPage },
  { id: "trail", icon: ScrollText, roles: consoleRoutes.trail.roles, Page: TrailPage },
];
