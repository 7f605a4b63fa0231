import { Search } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ownApplication } from "../../../core/second-factor/own-application.ts";
import { mostFavourites } from "../../../core/session/most-favourites.ts";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { Screen, Tile, View } from "../../../protocol/window/view.ts";
import { arrangeTiles } from "../portal/arrange-tiles.ts";
import { BreakGlassQuestion } from "../portal/break-glass-question.tsx";
import { BrokenGlass } from "../portal/broken-glass.tsx";
import { Ribbon } from "../portal/ribbon.tsx";
import { TemporaryAccess } from "../portal/temporary-access.tsx";
import { TileSections } from "../portal/tile-sections.tsx";
import { useKeptFocus } from "../portal/use-kept-focus.ts";
import { usePortalKeys } from "../portal/use-portal-keys.ts";

interface PortalScreenProps {
  readonly screen: Extract<Screen, { name: "portal" }>;
  readonly workstation: View["workstation"];
  readonly send: (intent: Intent) => void;
}

/** The holder's applications. */
export function PortalScreen({ screen, workstation, send }: PortalScreenProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const [emergency, setEmergency] = useState<Tile>();
  const field = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const keepFocus = useKeptFocus(grid);
  // The broker's own application has a name in each language.
  const own = (tile: Tile) => (tile.id === ownApplication.id ? { ...tile, name: t("secondFactor.own") } : tile);
  const sections = arrangeTiles(screen.tiles.map(own), search);
  const openable = sections.flatMap(({ tiles }) => tiles).filter(tile => tile.unavailable === undefined);
  const canMark = screen.tiles.filter(tile => tile.favourite === true).length < mostFavourites;
  const launch = (tile: Tile | undefined) => {
    if (tile?.unavailable?.reason === "break-glass") setEmergency(tile);
    else if (tile !== undefined) send({ type: "launch", application: tile.id });
  };
  const mark = (tile: Tile | undefined) => {
    if (tile === undefined || (tile.favourite !== true && !canMark)) return;
    keepFocus();
    send({ type: "mark-favourite", application: tile.id, favourite: tile.favourite !== true });
  };
  usePortalKeys({
    field,
    grid,
    onNumber: number => launch(openable[number - 1]),
    onFound: () => search !== "" && launch(openable[0]),
    onEscape: () => setSearch(""),
    onMark: application => mark(screen.tiles.find(({ id }) => id === application)),
    onChangeActivity: () => screen.activity?.changeable === true && send({ type: "change-activity" }),
  });
  return (
    <section className="portal">
      <Ribbon screen={screen} placeName={workstation.placeName} send={send} />
      <TemporaryAccess screen={screen} />
      <BrokenGlass screen={screen} offer={workstation.breakGlass} send={send} />
      <label className="search">
        <Search aria-hidden size={22} />
        <input
          ref={field}
          type="search"
          value={search}
          onChange={event => setSearch(event.target.value)}
          placeholder={t("portal.search")}
          aria-label={t("portal.search")}
        />
      </label>
      {screen.tiles.length === 0 && <p className="empty">{t("portal.empty")}</p>}
      {screen.tiles.length > 0 && sections.length === 0 && (
        <p className="empty" role="status">
          {t("portal.none", { text: search })}
        </p>
      )}
      {sections.length > 0 && (
        <TileSections
          sections={sections}
          grid={grid}
          count={screen.tiles.length}
          launch={screen.launch}
          canMark={canMark}
          onLaunch={launch}
          onMark={mark}
        />
      )}
      {emergency !== undefined && workstation.breakGlass !== undefined && (
        <BreakGlassQuestion
          tile={emergency}
          offer={workstation.breakGlass}
          send={send}
          onClose={() => setEmergency(undefined)}
        />
      )}
    </section>
  );
}
