import { type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Screen, Tile } from "../../../protocol/window/view.ts";
import type { TileSection } from "./arrange-tiles.ts";
import { TileButton } from "./tile-button.tsx";

interface TileSectionsProps {
  readonly sections: readonly TileSection[];
  readonly grid: RefObject<HTMLDivElement | null>;
  /** How many tiles there are, whether found or not: the density does not change while somebody searches. */
  readonly count: number;
  readonly launch: Extract<Screen, { name: "portal" }>["launch"];
  readonly canMark: boolean;
  readonly onLaunch: (tile: Tile) => void;
  readonly onMark: (tile: Tile) => void;
}

/** The tiles under their headings. One of them is in the order of the Tab key; arrows lead to the others. */
export function TileSections({ sections, grid, count, launch, canMark, onLaunch, onMark }: TileSectionsProps) {
  const { t } = useTranslation();
  const [reached, setReached] = useState<string>();
  const tiles = sections.flatMap(section => section.tiles);
  const openable = tiles.filter(tile => tile.unavailable === undefined);
  const active = tiles.find(({ id }) => id === reached) ?? tiles[0];
  const headingOf = (section: TileSection) =>
    section.kind === "group" ? section.name || t("portal.others") : t(`portal.${section.kind}`);
  return (
    <div className="groups" ref={grid} data-density={densityOf(count)}>
      {sections.map(section => (
        <section key={`${section.kind} ${headingOf(section)}`} aria-label={headingOf(section)}>
          {sections.length > 1 && <h2>{headingOf(section)}</h2>}
          <ul className="tiles">
            {section.tiles.map(tile => (
              <li key={tile.id} onFocus={() => setReached(tile.id)}>
                <TileButton
                  tile={tile}
                  number={openable.indexOf(tile) + 1}
                  launch={launch}
                  isActive={tile === active}
                  canMark={canMark}
                  onLaunch={() => onLaunch(tile)}
                  onMark={() => onMark(tile)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function densityOf(count: number): "roomy" | "middle" | "compact" {
  if (count <= 8) return "roomy";
  return count <= 24 ? "middle" : "compact";
}
