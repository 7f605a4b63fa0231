import { CircleUserRound, KeyRound, Lock, LogOut, Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { Screen, Tile } from "../../../protocol/window/view.ts";
import { MeansBadge } from "../../components/means-badge.tsx";
import { useNow } from "../../components/use-now.ts";
import { duration } from "../components/duration.ts";
import { TileButton } from "../components/tile-button.tsx";

type Portal = Extract<Screen, { name: "portal" }>;

interface PortalScreenProps {
  readonly screen: Portal;
  readonly placeName: string;
  readonly send: (intent: Intent) => void;
}

/** The holder's applications: number keys launch, typing searches. */
export function PortalScreen({ screen, placeName, send }: PortalScreenProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const groups = groupsOf(screen.tiles.filter(tile => plain(tile.name).includes(plain(search))));
  const tiles = groups.flatMap(group => group.tiles);
  const openable = tiles.filter(tile => tile.unavailable === undefined);
  const launch = (tile: Tile) => send({ type: "launch", application: tile.id });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]") !== null) return;
      const found = event.key === "Enter" && event.target === field.current && search !== "" ? openable[0] : undefined;
      const tile = /^[1-9]$/.test(event.key) ? openable[Number(event.key) - 1] : found;
      if (tile !== undefined) {
        event.preventDefault();
        launch(tile);
      } else if (event.key.length === 1 && /\p{L}/u.test(event.key)) field.current?.focus();
      else if (event.key === "Escape") setSearch("");
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });

  return (
    <section className="portal">
      <Ribbon screen={screen} placeName={placeName} send={send} />
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
      {screen.tiles.length > 0 && tiles.length === 0 && <p className="empty">{t("portal.none", { text: search })}</p>}
      <div className="groups">
        {groups.map(({ name, tiles: own }) => (
          <section key={name} aria-label={name === "" ? t("portal.others") : name}>
            {groups.length > 1 && <h2>{name === "" ? t("portal.others") : name}</h2>}
            <ul className="tiles">
              {own.map(tile => (
                <li key={tile.id}>
                  <TileButton
                    tile={tile}
                    number={openable.indexOf(tile) + 1}
                    launch={screen.launch}
                    onLaunch={() => launch(tile)}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}

/** Letters as they are searched for: without accents, whatever the case. */
function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** Under their headings, in the order of the broker; what stays closed comes last under its own. */
function groupsOf(tiles: readonly Tile[]): readonly { readonly name: string; readonly tiles: readonly Tile[] }[] {
  const groups = Map.groupBy(tiles, tile => tile.group ?? "");
  return [...groups].map(([name, own]) => ({
    name,
    tiles: own.toSorted((a, b) => Number(a.unavailable !== undefined) - Number(b.unavailable !== undefined)),
  }));
}

function Ribbon({ screen, placeName, send }: PortalScreenProps) {
  const { t } = useTranslation();
  const now = useNow();
  const question = useRef<HTMLDialogElement>(null);
  return (
    <header className="ribbon">
      <CircleUserRound aria-hidden size={56} strokeWidth={1.4} />
      <div className="name">
        <h1>{screen.holder.displayName}</h1>
        <p>
          {screen.holder.profession} · {placeName}
        </p>
      </div>
      <MeansBadge means={screen.means} />
      <span className="left">{t("portal.left", { time: duration(screen.expiresAt - now) })}</span>
      <button type="button" onClick={() => send({ type: "renew-pin" })} aria-label={t("portal.changePin")}>
        <KeyRound aria-hidden size={22} /> <span className="where-wide">{t("portal.changePin")}</span>
      </button>
      <button type="button" onClick={() => send({ type: "lock" })}>
        <Lock aria-hidden size={22} /> {t("portal.lock")}
      </button>
      <button type="button" onClick={() => question.current?.showModal()}>
        <LogOut aria-hidden size={22} /> {t("portal.end")}
      </button>
      <dialog ref={question} aria-labelledby="end-question">
        <h2 id="end-question">{t("portal.endQuestion")}</h2>
        <p>{t("portal.endText")}</p>
        <div>
          <button type="button" onClick={() => question.current?.close()}>
            {t("portal.stay")}
          </button>
          <button type="button" className="primary" onClick={() => send({ type: "end-session" })}>
            {t("portal.end")}
          </button>
        </div>
      </dialog>
    </header>
  );
}
