import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FailureCode } from "../../../core/errors/catalogue.ts";
import { asFailure } from "../../../core/errors/failure.ts";
import type { Report } from "../../../protocol/broker/console/reports.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";
import { PageHead } from "../components/page-head.tsx";
import { ReportForm, type ReportWanted } from "../reports/report-form.tsx";
import { ReportShown } from "../reports/report-shown.tsx";

type Came =
  | { readonly state: "none" }
  | { readonly state: "made"; readonly report: Report }
  | { readonly state: "refused"; readonly code: FailureCode };

/** What the trail has about a person, a workstation, or a time: to read, to print, to take away. Each is recorded. */
export function ReportsPage() {
  const { t } = useTranslation();
  const [came, setCame] = useState<Came>({ state: "none" });
  const make = async (wanted: ReportWanted) => {
    try {
      setCame({ state: "made", report: await ask(consoleRoutes.report, wanted) });
    } catch (problem) {
      setCame({ state: "refused", code: asFailure(problem).code });
    }
  };
  return (
    <>
      <PageHead title={t("console.pages.reports")} text={t("console.reports.text")} />
      <section aria-label={t("console.reports.what")} className="not-printed">
        <ReportForm onWanted={wanted => void make(wanted)} />
      </section>
      {came.state === "refused" && (
        <p className="notice" data-tone="bad" role="alert">
          <strong>{t(`failures.${came.code}.title`)}</strong> {t(`failures.${came.code}.text`)} <code>{came.code}</code>
        </p>
      )}
      {came.state === "none" && <p className="empty">{t("console.reports.empty")}</p>}
      {came.state === "made" && <ReportShown report={came.report} />}
    </>
  );
}
