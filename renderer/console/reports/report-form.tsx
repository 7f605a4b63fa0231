import { FileText } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { reason as reasonSchema } from "../../../protocol/broker/console/reason.ts";
import { type ReportKind, reportKinds } from "../../../protocol/broker/console/reports.ts";
import { ChoiceField } from "../components/choice-field.tsx";
import { readDays } from "../trail/trail-filters.ts";
import { useFilters } from "../use-filters.ts";
import { firstOfMonth, today } from "./days.ts";

export interface ReportWanted {
  readonly kind: ReportKind;
  readonly subject?: string;
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/** Which report, about whom, of when, and why. All but the reason stands in the address. */
export function ReportForm({ onWanted }: { readonly onWanted: (wanted: ReportWanted) => void }) {
  const { t } = useTranslation();
  const { written, change } = useFilters("reports");
  const [reason, setReason] = useState("");
  const kind = reportKinds.find(known => known === written["kind"]) ?? "person";
  const { subject = "", from: firstDay = firstOfMonth(new Date()), to: lastDay = today(new Date()) } = written;
  const isAbout = kind === "person" || kind === "workstation";
  const { from, to } = readDays({ from: firstDay, to: lastDay });
  const isWhole = reasonSchema.safeParse(reason).success && (!isAbout || subject.trim() !== "");
  const days = [
    ["from", firstDay],
    ["to", lastDay],
  ] as const;
  return (
    <form
      className="trail-filters"
      onSubmit={event => {
        event.preventDefault();
        if (from === undefined || to === undefined || !isWhole) return;
        onWanted({ kind, ...(isAbout ? { subject: subject.trim() } : {}), from, to, reason });
      }}
    >
      <ChoiceField
        label={t("console.reports.what")}
        value={kind}
        choices={reportKinds.map(value => ({ value, text: t(`console.reports.kinds.${value}`) }))}
        onChange={value => change({ kind: value, subject: "" })}
      />
      {isAbout && (
        <label>
          {t(`console.reports.${kind}`)}
          <input value={subject} maxLength={130} onChange={event => change({ subject: event.target.value })} />
        </label>
      )}
      {days.map(([name, value]) => (
        <label key={name}>
          {t(`console.reports.${name}`)}
          <input type="date" value={value} required onChange={event => change({ [name]: event.target.value })} />
        </label>
      ))}
      <label className="wide">
        {t("console.act.reason")}
        <input value={reason} maxLength={300} onChange={event => setReason(event.target.value)} />
      </label>
      <button type="submit" className="primary" disabled={!isWhole}>
        <FileText aria-hidden size={18} /> {t("console.reports.make")}
      </button>
    </form>
  );
}
