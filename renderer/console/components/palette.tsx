import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConsolePage } from "../pages.ts";
import { addressOf, goTo } from "../use-address.ts";

const asked = "wardkey-palette";

export function openPalette(): void {
  window.dispatchEvent(new Event(asked));
}

/** Ctrl+K: every page by a few letters; Enter goes to the first one found. */
export function Palette({ pages }: { readonly pages: readonly ConsolePage[] }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [search, setSearch] = useState("");
  useEffect(() => {
    const open = () => {
      setSearch("");
      if (dialog.current?.open === false) dialog.current.showModal();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      open();
    };
    window.addEventListener("keydown", onKey);
    window.addEventListener(asked, open);
    return () => {
      window.removeEventListener("keydown", onKey);
      window.removeEventListener(asked, open);
    };
  }, []);
  const found = pages.filter(({ id }) => t(`console.pages.${id}`).toLowerCase().includes(search.trim().toLowerCase()));
  const choose = (page: ConsolePage | undefined) => {
    if (page === undefined) return;
    dialog.current?.close();
    goTo(addressOf(page.id));
  };
  return (
    <dialog ref={dialog} className="palette" aria-label={t("console.palette.open")}>
      <form
        onSubmit={event => {
          event.preventDefault();
          choose(found[0]);
        }}
      >
        <input
          type="search"
          value={search}
          onChange={event => setSearch(event.target.value)}
          aria-label={t("console.palette.search")}
          placeholder={t("console.palette.search")}
        />
      </form>
      <ul>
        {found.map(page => (
          <li key={page.id}>
            <button type="button" onClick={() => choose(page)}>
              <page.icon aria-hidden size={18} /> {t(`console.pages.${page.id}`)}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p>{t("console.palette.none")}</p>}
    </dialog>
  );
}
