import { Activity, BookUser, type LucideIcon, ScanSearch, ShieldCheck, Users } from "lucide-react";
import type { FC } from "react";
import type { ConsoleRole } from "../../protocol/broker/console/roles.ts";
import { consoleRoutes } from "../../protocol/broker/console/routes.ts";
import { DirectoryPage } from "./pages/directory-page.tsx";
import { HoldersPage } from "./pages/holders-page.tsx";
import { IdentityPage } from "./pages/identity-page.tsx";
import { LivePage } from "./pages/live-page.tsx";
import { TrustPage } from "./pages/trust-page.tsx";

export interface PageProps {
  readonly roles: readonly ConsoleRole[];
}

export interface ConsolePage {
  /** Its name in the address. */
  readonly id: "live" | "holders" | "directory" | "trust" | "identity";
  readonly icon: LucideIcon;
  /** One of them is enough. */
  readonly roles: readonly ConsoleRole[];
  readonly Page: FC<PageProps>;
}

/** Every page, in the order of the navigation. */
export const pages: readonly ConsolePage[] = [
  { id: "live", icon: Activity, roles: consoleRoutes.live.roles, Page: LivePage },
  { id: "holders", icon: Users, roles: consoleRoutes.persons.roles, Page: HoldersPage },
  { id: "directory", icon: BookUser, roles: consoleRoutes.directory.roles, Page: DirectoryPage },
  { id: "trust", icon: ShieldCheck, roles: consoleRoutes.trust.roles, Page: TrustPage },
  { id: "identity", icon: ScanSearch, roles: consoleRoutes.tryCard.roles, Page: IdentityPage },
];
