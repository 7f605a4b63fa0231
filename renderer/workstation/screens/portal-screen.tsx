import { CircleUserRound, KeyRound, Lock, LogOut, Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { Screen, Tile } from "../../../protocol/window/view.ts";
import { ApplicationIcon } from "../components/application-icon.tsx";
import { duration } from "../components/duration.ts";
import { MeansBadge } from "../components/means-badge.tsx";
import { useNow } from "../components/use-now.ts";

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
  const tiles = screen.tiles.filter(tile => plain(tile.name).includes(plain(search)));

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]") !== null) return;
      const tile = /^[1-9]$/.test(event.key) ? tiles[Number(event.key) - 1] : undefined;
      if (tile !== undefined) {
        event.preventDefault();
        send({ type: "launch", application: tile.id });
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
      <ul className="tiles">
        {tiles.map((tile, index) => (
          <li key={tile.id}>
            <TileButton
              tile={tile}
              number={index + 1}
              launch={screen.launch}
              onLaunch={() => send({ type: "launch", application: tile.id })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Letters as they are searched for: without accents, whatever the case. */
function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
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

interface TileButtonProps {
  readonly tile: Tile;
  readonly number: number;
  readonly launch: Portal["launch"];
  readonly onLaunch: () => void;
}

function TileButton({ tile, number, launch, onLaunch }: TileButtonProps) {
  const { t } = useTranslation();
  const own = launch?.application === tile.id ? launch : undefined;
  const state =
    own?.state === "failed"
      ? t(`failures.${own.code}.title`)
      : own?.state === "opening"
        ? t("portal.opening")
        : tile.open
          ? t("portal.open")
          : "";
  return (
    <button
      type="button"
      className="tile"
      data-application={tile.id}
      data-open={tile.open}
      data-failed={own?.state === "failed"}
      onClick={onLaunch}
    >
      <ApplicationIcon name={tile.icon} />
      <span className="title">{tile.name}</span>
      <span className="state">{state}</span>
      {number <= 9 && (
        <kbd aria-hidden className="number">
          {number}
        </kbd>
      )}
    </button>
  );
}
