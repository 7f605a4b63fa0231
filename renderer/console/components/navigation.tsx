import { Search } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { AdministratorView } from "../../../protocol/broker/console/administrator.ts";
import { LanguageChoice } from "../../components/language-choice.tsx";
import { MeansBadge } from "../../components/means-badge.tsx";
import { ThemeButton } from "../../components/theme-button.tsx";
import type { ConsolePage, PageGroup } from "../pages.ts";
import { addressOf } from "../use-address.ts";
import { Link } from "./link.tsx";
import { openPalette } from "./palette.tsx";

const groups: readonly PageGroup[] = ["helpdesk", "house", "watch"];

interface NavigationProps {
  readonly administrator: AdministratorView;
  readonly pages: readonly ConsolePage[];
  readonly current: string | undefined;
}

/** What there is for these roles, and who is here by which means. */
export function Navigation({ administrator, pages, current }: NavigationProps) {
  const { t } = useTranslation();
  const { holder, means, workstationName, roles, brokerVersion } = administrator;
  const menu = useRef<HTMLElement>(null);
  // The menu may be longer than the screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another link
  useEffect(() => {
    // Newer browsers answer a promise, which is nothing to clean up.
    void menu.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <aside className="side">
      <p className="brand">
        Wardkey <span>{t("console.name")}</span>
      </p>
      <button type="button" className="find" onClick={openPalette}>
        <Search aria-hidden size={17} /> {t("console.palette.open")} <kbd>Ctrl K</kbd>
      </button>
      <nav ref={menu} aria-label={t("console.navigation")}>
        {groups.map(group => {
          const its = pages.filter(page => page.group === group);
          return its.length === 0 ? null : (
            <section key={group} aria-labelledby={`pages-${group}`}>
              <h2 id={`pages-${group}`}>{t(`console.pageGroups.${group}`)}</h2>
              {its.map(({ id, icon: Icon }) => (
                <Link key={id} href={addressOf(id)} aria-current={id === current ? "page" : undefined}>
                  <Icon aria-hidden size={20} /> {t(`console.pages.${id}`)}
                </Link>
              ))}
            </section>
          );
        })}
      </nav>
      <div className="who">
        <strong>{holder.displayName}</strong>
        <span>{roles.map(role => t(`console.roles.${role}`)).join(", ")}</span>
        <MeansBadge means={means} />
        <span>
          {workstationName} · {t("console.version", { version: brokerVersion })}
        </span>
        <div className="choices">
          <ThemeButton />
          <LanguageChoice />
        </div>
      </div>
    </aside>
  );
}
