import { Search, X } from "lucide-react";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { trailActs } from "../../../core/trail/trail-record.ts";
import { addressOf, goTo } from "../use-address.ts";

/** What is looked for. It is asked when the form is sent, since every search is recorded. */
export function TrailFilters({ written }: { readonly written: Readonly<Record<string, string>> }) {
  const { t } = useTranslation();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const filled = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value).trim()]);
    goTo(addressOf("trail", Object.fromEntries(filled)));
  };
  const field = (name: "holder" | "workstation" | "application", most: number) => (
    <label>
      {t(`console.trail.${name}`)}
      <input type="search" name={name} defaultValue={written[name] ?? ""} maxLength={most} />
    </label>
  );
  const day = (name: "from" | "to") => (
    <label>
      {t(`console.trail.${name}`)}
      <input type="date" name={name} defaultValue={written[name] ?? ""} />
    </label>
  );
  return (
    <form className="trail-filters" onSubmit={send}>
      {field("holder", 130)}
      {field("workstation", 130)}
      {field("application", 60)}
      <label>
        {t("console.trail.act")}
        <select name="act" defaultValue={written["act"] ?? ""}>
          <option value="">{t("console.trail.everyAct")}</option>
          {trailActs.map(act => (
            <option key={act} value={act}>
              {t(`console.trail.acts.${act}`)}
            </option>
          ))}
        </select>
      </label>
      {day("from")}
      {day("to")}
      <button type="submit" data-primary>
        <Search aria-hidden size={18} /> {t("console.trail.search")}
      </button>
      <button type="button" onClick={() => goTo(addressOf("trail"))}>
        <X aria-hidden size={18} /> {t("console.trail.clear")}
      </button>
    </form>
  );
}
