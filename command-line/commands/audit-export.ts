import { once } from "node:events";
import { parseArgs } from "node:util";
import { csvHead, csvLine } from "../../broker/audit/csv.ts";
import type { ExportedRecord } from "../../broker/audit/exported-record.ts";
import { exportedRecords } from "../../broker/audit/exported-records.ts";
import { fhirAuditEvent } from "../../broker/audit/fhir-audit-event.ts";
import { KnownPersons } from "../../broker/audit/known-persons.ts";
import { syslogMessage } from "../../broker/audit/syslog-message.ts";
import { readTrailKey, trailKeyFile } from "../../broker/audit/trail-key.ts";
import { appendTrail } from "../../broker/store/trail-table.ts";
import { withBrokerStore } from "../broker-store.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey audit export --config FILE --format csv|fhir|syslog [--after NUMBER] [--identifiers as-kept|clear]

Prints the trail of the broker whose configuration is FILE, in its order, one record a line: CSV, AuditEvents of FHIR R4 as NDJSON, or
syslog messages (RFC 5424) with DICOM audit messages in them. --after leaves out the records up to that number. Where the trail
keeps identifiers by a key, \`clear\` prints those of persons whom the broker knows. That it was exported is itself recorded, before
anything is printed.`;

const formats: Readonly<Record<string, { readonly head: string; readonly line: (record: ExportedRecord) => string }>> =
  {
    csv: { head: csvHead, line: csvLine },
    fhir: { head: "", line: record => `${JSON.stringify(fhirAuditEvent(record))}\n` },
    syslog: { head: "", line: record => `${syslogMessage(record)}\n` },
  };
const recordsAtOnce = 500;

/** `wardkey audit export`. */
export async function auditExport(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      config: { type: "string" },
      format: { type: "string", default: "" },
      after: { type: "string", default: "0" },
      identifiers: { type: "string", default: "as-kept" },
      help: { type: "boolean", default: false },
    },
  });
  const format = formats[values.format];
  const isAsked =
    format !== undefined && /^\d{1,15}$/.test(values.after) && /^(as-kept|clear)$/.test(values.identifiers);
  if (values.help || values.config === undefined || !isAsked) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    await withBrokerStore(values.config, async (configuration, store) => {
      const origin = readTrailKey(trailKeyFile(configuration.store))?.name;
      if (origin === undefined) throw new Error("the broker has not run yet: there is no key of its trail");
      const detail = `${values.format}, after ${values.after}, identifiers ${values.identifiers}, by the command line`;
      await store.write(tx => appendTrail(tx, { at: Date.now(), act: "trail-exported", detail }));
      const administrators = configuration.administrators.map(({ holder }) => holder);
      const persons =
        values.identifiers === "clear" ? new KnownPersons(store, { now: Date.now }, administrators) : undefined;
      await print(format.head);
      for (let after = Number(values.after); ; ) {
        const records = await exportedRecords(store.db, origin, after, recordsAtOnce, persons);
        const last = records.at(-1);
        if (last === undefined) return;
        await print(records.map(format.line).join(""));
        after = last.sequence;
      }
    });
    return 0;
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}

/** Waits where the reader is slower. */
async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}
