import {
  Activity,
  AppWindow,
  BookLock,
  BookUser,
  Building2,
  type LucideIcon,
  Route,
  ScanSearch,
  ScrollText,
  ShieldCheck,
  Siren,
  Timer,
  Users,
  UsersRound,
} from "lucide-react";
import type { FC } from "react";
import type { ConsoleRole } from "../../protocol/broker/console/roles.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";
import type { consoleFr } from "../i18n/console-fr.ts";
import { ApplicationsPage } from "./pages/applications-page.tsx";
import { BreakGlassPage } from "./pages/break-glass-page.tsx";
import { DirectoryPage } from "./pages/directory-page.tsx";
import { ExplainPage } from "./pages/explain-page.tsx";
import { FallbackPage } from "./pages/fallback-page.tsx";
import { GroupsPage } from "./pages/groups-page.tsx";
import { HoldersPage } from "./pages/holders-page.tsx";
import { IdentityPage } from "./pages/identity-page.tsx";
import { LivePage } from "./pages/live-page.tsx";
import { PlacesPage } from "./pages/places-page.tsx";
import { PoliciesPage } from "./pages/policies-page.tsx";
import { TrailPage } from "./pages/trail-page.tsx";
import { TrustPage } from "./pages/trust-page.tsx";

export interface PageProps {
  readonly roles: readonly ConsoleRole[];
}

export interface ConsolePage {
  /** Its name in the address. */
  readonly id: keyof typeof consoleFr.pages;
  readonly icon: LucideIcon;
  /** One of them is enough. */
  readonly roles: readonly ConsoleRole[];
  readonly Page: FC<PageProps>;
}

/** Every page, in the order of the navigation. */
export const pages: readonly ConsolePage[] = [
  { id: "live", icon: Activity, roles: consoleRoutes.live.roles, Page: LivePage },
  { id: "holders", icon: Users, roles: consoleRoutes.persons.roles, Page: HoldersPage },
  { id: "fallback", icon: Timer, roles: consoleRoutes.fallback.roles, Page: FallbackPage },
  { id: "break-glass", icon: Siren, roles: consoleRoutes.breakGlass.roles, Page: BreakGlassPage },
  { id: "directory", icon: BookUser, roles: consoleRoutes.directory.roles, Page: DirectoryPage },
  { id: "applications", icon: AppWindow, roles: consoleRoutes.house.roles, Page: ApplicationsPage },
  { id: "policies", icon: ScrollText, roles: consoleRoutes.house.roles, Page: PoliciesPage },
  { id: "explain", icon: Route, roles: consoleRoutes.explain.roles, Page: ExplainPage },
  { id: "places", icon: Building2, roles: consoleRoutes.house.roles, Page: PlacesPage },
  { id: "groups", icon: UsersRound, roles: consoleRoutes.house.roles, Page: GroupsPage },
  { id: "trust", icon: ShieldCheck, roles: consoleRoutes.trust.roles, Page: TrustPage },
  { id: "identity", icon: ScanSearch, roles: consoleRoutes.tryCard.roles, Page: IdentityPage },
  { id: "trail", icon: BookLock, roles: consoleRoutes.trail.roles, Page: TrailPage },
];
