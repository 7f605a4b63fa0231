import { useTranslation } from "react-i18next";
import type { HouseView } from "../../../protocol/broker/console/house-view.ts";

/** What is kept here and does not count, since the configuration file came to say otherwise. */
export function SetAside({ setAside }: Pick<HouseView, "setAside">) {
  const { t } = useTranslation();
  if (setAside.length === 0) return null;
  return (
    <div className="notice" data-tone="bad" role="status">
      <strong>{t("console.house.setAside")}</strong>
      <ul>
        {setAside.map(({ kind, id, words }) => (
          <li key={`${kind} ${id}`}>
            {t(`console.house.kinds.${kind}`)} <code>{id}</code>: {words}
          </li>
        ))}
      </ul>
    </div>
  );
}
