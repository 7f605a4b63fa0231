import {
  Activity,
  AppWindow,
  BookLock,
  BookUser,
  Building2,
  ClipboardCheck,
  CreditCard,
  FileText,
  Gauge,
  type LucideIcon,
  MonitorSmartphone,
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
import type { PageId } from "./page-ids.ts";
import { ApplicationsPage } from "./pages/applications-page.tsx";
import { BreakGlassPage } from "./pages/break-glass-page.tsx";
import { CardsPage } from "./pages/cards-page.tsx";
import { CompliancePage } from "./pages/compliance-page.tsx";
import { DirectoryPage } from "./pages/directory-page.tsx";
import { ExplainPage } from "./pages/explain-page.tsx";
import { FallbackPage } from "./pages/fallback-page.tsx";
import { GroupsPage } from "./pages/groups-page.tsx";
import { HoldersPage } from "./pages/holders-page.tsx";
import { IdentityPage } from "./pages/identity-page.tsx";
import { LivePage } from "./pages/live-page.tsx";
import { PlacesPage } from "./pages/places-page.tsx";
import { PoliciesPage } from "./pages/policies-page.tsx";
import { ReportsPage } from "./pages/reports-page.tsx";
import { StopwatchPage } from "./pages/stopwatch-page.tsx";
import { TrailPage } from "./pages/trail-page.tsx";
import { TrustPage } from "./pages/trust-page.tsx";
import { WorkstationsPage } from "./pages/workstations-page.tsx";

export interface PageProps {
  readonly roles: readonly ConsoleRole[];
}

export type PageGroup = keyof typeof consoleFr.pageGroups;

export interface ConsolePage {
  /** Its name in the address. */
  readonly id: PageId;
  /** The heading that it stands under in the navigation. */
  readonly group: PageGroup;
  readonly icon: LucideIcon;
  /** One of them is enough. */
  readonly roles: readonly ConsoleRole[];
  readonly Page: FC<PageProps>;
}

/** Every page, in the order of the navigation. */
export const pages: readonly ConsolePage[] = [
  { id: "live", group: "helpdesk", icon: Activity, roles: consoleRoutes.live.roles, Page: LivePage },
  { id: "fallback", group: "helpdesk", icon: Timer, roles: consoleRoutes.fallback.roles, Page: FallbackPage },
  {
    id: "break-glass",
    group: "helpdesk",
    icon: Siren,
    roles: consoleRoutes.breakGlass.roles,
    Page: BreakGlassPage,
  },
  { id: "holders", group: "helpdesk", icon: Users, roles: consoleRoutes.persons.roles, Page: HoldersPage },
  { id: "cards", group: "helpdesk", icon: CreditCard, roles: consoleRoutes.cards.roles, Page: CardsPage },
  {
    id: "workstations",
    group: "helpdesk",
    icon: MonitorSmartphone,
    roles: consoleRoutes.workstations.roles,
    Page: WorkstationsPage,
  },
  { id: "applications", group: "house", icon: AppWindow, roles: consoleRoutes.house.roles, Page: ApplicationsPage },
  { id: "policies", group: "house", icon: ScrollText, roles: consoleRoutes.house.roles, Page: PoliciesPage },
  { id: "explain", group: "house", icon: Route, roles: consoleRoutes.explain.roles, Page: ExplainPage },
  { id: "places", group: "house", icon: Building2, roles: consoleRoutes.house.roles, Page: PlacesPage },
  { id: "groups", group: "house", icon: UsersRound, roles: consoleRoutes.house.roles, Page: GroupsPage },
  { id: "directory", group: "house", icon: BookUser, roles: consoleRoutes.directory.roles, Page: DirectoryPage },
  { id: "trust", group: "house", icon: ShieldCheck, roles: consoleRoutes.trust.roles, Page: TrustPage },
  { id: "identity", group: "house", icon: ScanSearch, roles: consoleRoutes.tryCard.roles, Page: IdentityPage },
  { id: "trail", group: "watch", icon: BookLock, roles: consoleRoutes.trail.roles, Page: TrailPage },
  { id: "stopwatch", group: "watch", icon: Gauge, roles: consoleRoutes.stopwatch.roles, Page: StopwatchPage },
  { id: "reports", group: "watch", icon: FileText, roles: consoleRoutes.report.roles, Page: ReportsPage },
  {
    id: "compliance",
    group: "watch",
    icon: ClipboardCheck,
    roles: consoleRoutes.compliance.roles,
    Page: CompliancePage,
  },
];
