import { useTranslation } from "react-i18next";
import type { HouseFault } from "../../../protocol/broker/console/house-change.ts";

/** Why something is refused: each fault with its place. */
export function Faults({ faults }: { readonly faults: readonly HouseFault[] }) {
  const { t } = useTranslation();
  return (
    <div className="notice faults" data-tone="bad" role="status">
      <strong>{t("console.house.faults", { count: faults.length })}</strong>
      <ul>
        {faults.map(({ where, words, line, column }) => (
          <li key={`${where} ${line} ${column} ${words}`}>
            {where !== "" && <code>{where}</code>}{" "}
            {line !== undefined && <b>{t("console.house.at", { line, column: column ?? 1 })}</b>} {words}
          </li>
        ))}
      </ul>
    </div>
  );
}
