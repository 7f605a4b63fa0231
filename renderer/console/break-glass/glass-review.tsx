import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type GlassFinding, glassFindings } from "../../../core/break-glass/break-glass.ts";
import { writtenFor } from "../../../core/language.ts";
import type { GlassEntry } from "../../../protocol/broker/console/break-glass.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";
import { ReasonedAct } from "../components/reasoned-act.tsx";

interface GlassReviewProps {
  readonly entry: GlassEntry;
  readonly onEnd: () => void;
}

/** An auditor closes it: what was opened, what he finds, and why. */
export function GlassReview({ entry, onEnd }: GlassReviewProps) {
  const { t, i18n } = useTranslation();
  const [finding, setFinding] = useState<GlassFinding>("justified");
  const { id, holder, reason, launches } = entry;
  return (
    <ReasonedAct
      title={t("console.breakGlass.reviewOf", { name: holder.displayName })}
      doIt={t("console.breakGlass.close")}
      act={async words => {
        await ask(consoleRoutes.reviewGlass, { id, finding, words });
        return undefined;
      }}
      onEnd={onEnd}
    >
      <p>
        {t("console.breakGlass.said", {
          kind: writtenFor(i18n.language, reason.kind),
          words: reason.words,
        })}
      </p>
      <p>
        {launches.length === 0
          ? t("console.breakGlass.nothingOpened")
          : t("console.breakGlass.opened", { applications: launches.map(({ name }) => name).join(", ") })}
      </p>
      <fieldset className="findings">
        <legend>{t("console.breakGlass.finding")}</legend>
        {glassFindings.map(one => (
          <label key={one}>
            <input type="radio" name="finding" checked={finding === one} onChange={() => setFinding(one)} />{" "}
            {t(`console.breakGlass.findings.${one}`)}
          </label>
        ))}
      </fieldset>
    </ReasonedAct>
  );
}
