import { FileCheck2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FailureCode } from "../../../core/errors/catalogue.ts";
import { asFailure } from "../../../core/errors/failure.ts";
import { isTrailAct } from "../../../core/trail/trail-record.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import type { TrailRecordView } from "../../../protocol/broker/console/trail-view.ts";
import { MeansBadge } from "../../components/means-badge.tsx";
import { ask } from "../asking/ask.ts";
import { saveFile } from "../trail/save-file.ts";
import { useDetailText } from "../trail/use-detail-text.ts";
import { Moment } from "./moment.tsx";

interface TrailRecordsProps {
  readonly records: readonly TrailRecordView[];
  /** The records up to here are covered by a signed checkpoint. */
  readonly sealed: number;
  readonly now: number;
}

/** Records with their meaning in words, the newest first. */
export function TrailRecords({ records, sealed, now }: TrailRecordsProps) {
  const { t } = useTranslation();
  const [refused, setRefused] = useState<FailureCode>();
  const prove = (sequence: number) => {
    setRefused(undefined);
    ask(consoleRoutes.trailProof, { sequence })
      .then(proof => saveFile(`proof-${sequence}.json`, "application/json", `${JSON.stringify(proof, undefined, 2)}\n`))
      .catch((problem: unknown) => setRefused(asFailure(problem).code));
  };
  return (
    <>
      {refused !== undefined && (
        <p className="notice" data-tone="bad" role="alert">
          <strong>{t(`failures.${refused}.title`)}</strong> {t(`failures.${refused}.text`)}
        </p>
      )}
      <div className="scroll">
        <table className="trail">
          <thead>
            <tr>
              <th scope="col">{t("console.trail.number")}</th>
              <th scope="col">{t("console.trail.when")}</th>
              <th scope="col">{t("console.trail.what")}</th>
              <th scope="col">{t("console.trail.who")}</th>
              <th scope="col">{t("console.trail.where")}</th>
              <th scope="col">{t("console.trail.proof")}</th>
            </tr>
          </thead>
          <tbody>
            {records.map(record => (
              <tr key={record.sequence}>
                <th scope="row">{record.sequence}</th>
                <td>
                  <Moment at={record.at} now={now} />
                </td>
                <What record={record} />
                <Who record={record} />
                <td>
                  {record.workstationName ?? record.workstation ?? t("console.trail.system")}
                  <small>{record.place}</small>
                </td>
                <td>
                  {record.sequence <= sealed && (
                    <button
                      type="button"
                      onClick={() => prove(record.sequence)}
                      aria-label={t("console.trail.proofOf", { sequence: record.sequence })}
                    >
                      <FileCheck2 aria-hidden size={18} />
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function What({ record: { act, application, code, policy, detail } }: { readonly record: TrailRecordView }) {
  const { t } = useTranslation();
  const detailText = useDetailText();
  const more = [application, code, policy, detailText(detail)].filter(said => said !== undefined && said !== "");
  return (
    <td>
      {isTrailAct(act) ? t(`console.trail.acts.${act}`) : act}
      <small>{more.join(" · ")}</small>
    </td>
  );
}

function Who({ record: { holder, by, shownAs, means, secondFactor } }: { readonly record: TrailRecordView }) {
  const { t } = useTranslation();
  return (
    <td>
      {holder !== undefined && <code>{holder}</code>}
      {shownAs !== undefined && <small>{shownAs}</small>}
      {by !== undefined && <small>{t("console.trail.by", { by })}</small>}
      {means !== undefined && <MeansBadge means={means} />}
      {secondFactor !== undefined && <small>{t(`console.trail.secondFactor.${secondFactor}`)}</small>}
    </td>
  );
}
