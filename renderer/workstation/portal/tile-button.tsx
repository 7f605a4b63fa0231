import { LockKeyhole, Siren, Star } from "lucide-react";
import { useTranslation } from "react-i18next";
import { writtenFor } from "../../../core/language.ts";
import type { Screen, Tile } from "../../../protocol/window/view.ts";
import { ApplicationIcon } from "../components/application-icon.tsx";

interface TileButtonProps {
  readonly tile: Tile;
  /** The key that launches it; 0, and above 9: none does. */
  readonly number: number;
  readonly launch: Extract<Screen, { name: "portal" }>["launch"];
  /** The Tab key leads to it. */
  readonly isActive: boolean;
  /** One more can be a favourite. */
  readonly canMark: boolean;
  readonly onLaunch: () => void;
  readonly onMark: () => void;
}

/** An application: what it is called, how it stands, and why it stays closed where it does; beside it the favourite's star. */
export function TileButton({ tile, number, launch, isActive, canMark, onLaunch, onMark }: TileButtonProps) {
  const { t } = useTranslation();
  const state = useTileState(tile, launch);
  const inEmergency = tile.unavailable?.reason === "break-glass";
  const closed = tile.unavailable !== undefined && !inEmergency;
  const hasKey = number >= 1 && number <= 9;
  const marked = tile.favourite === true;
  return (
    <>
      <button
        type="button"
        className="tile"
        data-application={tile.id}
        data-open={tile.open}
        data-emergency={inEmergency}
        data-failed={launch?.application === tile.id && launch.state === "failed"}
        tabIndex={isActive ? 0 : -1}
        // It can still be reached, so that a screen reader says why.
        aria-disabled={closed}
        aria-keyshortcuts={hasKey ? `${number} *` : "*"}
        onClick={closed ? undefined : onLaunch}
      >
        <ApplicationIcon name={tile.icon} />
        <span className="title">{tile.name}</span>
        <span className="state">{state}</span>
        {inEmergency && <Siren aria-hidden className="badge emergency" size={26} />}
        {closed && <LockKeyhole aria-hidden className="badge closed" size={26} />}
        {hasKey && (
          <kbd aria-hidden className="badge number">
            {number}
          </kbd>
        )}
      </button>
      <button
        type="button"
        className="star"
        tabIndex={isActive ? 0 : -1}
        aria-pressed={marked}
        aria-label={t(marked ? "portal.unmark" : "portal.mark", { name: tile.name })}
        disabled={!marked && !canMark}
        onClick={onMark}
      >
        <Star aria-hidden size={22} />
      </button>
    </>
  );
}

function useTileState(tile: Tile, launch: TileButtonProps["launch"]): string {
  const { t, i18n } = useTranslation();
  const { unavailable, elsewhere } = tile;
  const own = launch?.application === tile.id ? launch : undefined;
  if (own?.state === "failed") return t(`failures.${own.code}.title`);
  if (own?.state === "opening") return t("portal.opening");
  const left = elsewhere === undefined ? [] : [t("portal.elsewhere", { workstation: elsewhere })];
  if (unavailable?.reason === "break-glass") return [...left, t("breakGlass.tile")].join(" · ");
  if (unavailable?.reason === "means") return [...left, t("portal.notByThisMeans")].join(" · ");
  if (unavailable?.reason === "policy") {
    const { words } = unavailable;
    return [...left, writtenFor(i18n.language, words) ?? t("portal.notHereNow")].join(" · ");
  }
  return tile.open ? t("portal.open") : (left[0] ?? "");
}
