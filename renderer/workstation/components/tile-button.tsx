import { LockKeyhole } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Screen, Tile } from "../../../protocol/window/view.ts";
import { ApplicationIcon } from "./application-icon.tsx";

interface TileButtonProps {
  readonly tile: Tile;
  /** The key that launches it; 0, and above 9: none does. */
  readonly number: number;
  readonly launch: Extract<Screen, { name: "portal" }>["launch"];
  readonly onLaunch: () => void;
}

/** An application: what it is called, how it stands, and why it stays closed where it does. */
export function TileButton({ tile, number, launch, onLaunch }: TileButtonProps) {
  const state = useTileState(tile, launch);
  const closed = tile.unavailable !== undefined;
  const hasKey = number >= 1 && number <= 9;
  return (
    <button
      type="button"
      className="tile"
      data-application={tile.id}
      data-open={tile.open}
      data-failed={launch?.application === tile.id && launch.state === "failed"}
      // It can still be reached, so that a screen reader says why.
      aria-disabled={closed}
      aria-keyshortcuts={hasKey ? String(number) : undefined}
      onClick={closed ? undefined : onLaunch}
    >
      <ApplicationIcon name={tile.icon} />
      <span className="title">{tile.name}</span>
      <span className="state">{state}</span>
      {closed && <LockKeyhole aria-hidden className="closed" size={28} />}
      {hasKey && (
        <kbd aria-hidden className="number">
          {number}
        </kbd>
      )}
    </button>
  );
}

function useTileState(tile: Tile, launch: TileButtonProps["launch"]): string {
  const { t, i18n } = useTranslation();
  const { unavailable } = tile;
  if (unavailable?.reason === "means") return t("portal.notByThisMeans");
  if (unavailable?.reason === "policy") {
    const { words } = unavailable;
    return words[i18n.language] ?? Object.values(words)[0] ?? t("portal.notHereNow");
  }
  const own = launch?.application === tile.id ? launch : undefined;
  if (own?.state === "failed") return t(`failures.${own.code}.title`);
  if (own?.state === "opening") return t("portal.opening");
  return tile.open ? t("portal.open") : "";
}
