import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import type { FailureCode } from "../../../core/errors/catalogue.ts";
import { asFailure } from "../../../core/errors/failure.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import type { trailQuestion } from "../../../protocol/broker/console/trail-view.ts";
import { ask } from "../asking/ask.ts";
import { saveFile } from "../trail/save-file.ts";

type Came =
  | { readonly state: "none" }
  | { readonly state: "exported"; readonly count: number }
  | { readonly state: "refused"; readonly code: FailureCode };

const shortestReason = 5;

/** Takes what the filters find as a file, for a reason that is recorded. */
export function TrailExport({ filters }: { readonly filters: Omit<z.input<typeof trailQuestion>, "before"> }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [came, setCame] = useState<Came>({ state: "none" });
  const take = async (format: "csv" | "fhir") => {
    try {
      const { name, mediaType, text, records } = await ask(consoleRoutes.trailExport, { ...filters, format, reason });
      saveFile(name, mediaType, text);
      setCame({ state: "exported", count: records });
    } catch (problem) {
      setCame({ state: "refused", code: asFailure(problem).code });
    }
  };
  return (
    <section aria-labelledby="export">
      <h2 id="export">{t("console.trail.exportTitle")}</h2>
      <form className="trail-filters" onSubmit={event => event.preventDefault()}>
        <label className="wide">
          {t("console.trail.reason")}
          <input value={reason} maxLength={200} onChange={event => setReason(event.target.value)} />
        </label>
        {(["csv", "fhir"] as const).map(format => (
          <button
            key={format}
            type="button"
            disabled={reason.trim().length < shortestReason}
            onClick={() => void take(format)}
          >
            <Download aria-hidden size={18} />{" "}
            {t(format === "csv" ? "console.trail.exportCsv" : "console.trail.exportFhir")}
          </button>
        ))}
      </form>
      <p role="status">{came.state === "exported" && t("console.trail.exported", { count: came.count })}</p>
      {came.state === "refused" && (
        <p className="notice" data-tone="bad" role="alert">
          <strong>{t(`failures.${came.code}.title`)}</strong> {t(`failures.${came.code}.text`)}
        </p>
      )}
    </section>
  );
}
