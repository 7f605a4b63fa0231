import { useTranslation } from "react-i18next";
import type { Screen } from "../../../protocol/window/view.ts";
import { CardReader } from "../components/card-reader.tsx";

/** A moment's work on the card or at the broker. */
export function WorkingScreen({ stage }: { readonly stage: Extract<Screen, { name: "working" }>["stage"] }) {
  const { t } = useTranslation();
  return (
    <section className="working" aria-busy="true">
      <CardReader reader={{ state: "card-in" }} />
      <div role="status">
        <h1>{t(`working.${stage}`)}</h1>
      </div>
      <p>{t("working.keep")}</p>
    </section>
  );
}
