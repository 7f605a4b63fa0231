import type { z } from "zod";
import { toBase64 } from "../../core/bytes/base64.ts";
import { Failure } from "../../core/errors/failure.ts";
import { readCheckpoint } from "../../core/trail/checkpoint.ts";
import { inclusionProof } from "../../core/trail/merkle-proof.ts";
import { recordLeaf } from "../../core/trail/record-leaf.ts";
import { type NoteKey, noteKeyText, textOfNote } from "../../core/trail/signed-note.ts";
import type { trailExportAnswer } from "../../protocol/broker/console/trail-view.ts";
import { mostExported, type TrailProof } from "../../protocol/broker/console/trail-view.ts";
import { csvHead, csvLine } from "../audit/csv.ts";
import { fhirAuditEvent } from "../audit/fhir-audit-event.ts";
import type { Store } from "../store/store.ts";
import { searchTrail, type TrailFilter } from "../store/trail-search.ts";
import { appendTrail, sha256 } from "../store/trail-table.ts";
import { lastCheckpoint, storedTiles } from "../store/trail-tree-table.ts";
import type { AdministratorAct } from "./administrator-act.ts";
import { filterText, namesIn } from "./trail-overview.ts";

/** What proves to somebody outside that this record stands in the trail. Rejects with `trail-record-unsealed`. */
export async function proveRecord(store: Store, sequence: number, key: NoteKey): Promise<TrailProof> {
  const record = await store.db
    .selectFrom("trail_record")
    .selectAll()
    .where("sequence", "=", sequence)
    .executeTakeFirst();
  const note = (await lastCheckpoint(store.db))?.note;
  const checkpoint = readCheckpoint(textOfNote(note ?? "") ?? "");
  if (record === undefined || note === undefined || checkpoint === undefined || sequence > checkpoint.size)
    throw new Failure("trail-record-unsealed", { detail: `record ${sequence}` });
  const path = await inclusionProof(sequence - 1, checkpoint.size, storedTiles(store.db), sha256);
  return {
    leaf: new TextDecoder().decode(recordLeaf(record)),
    index: sequence - 1,
    path: path.map(toBase64),
    checkpoint: note,
    key: noteKeyText(key, sha256),
  };
}

interface Extract {
  readonly filter: TrailFilter;
  readonly format: "csv" | "fhir";
  readonly reason: string;
}

/** The newest records that fit, oldest first, as a file. That it was taken, and why, is recorded first. */
export async function extractTrail(
  store: Store,
  { filter, format, reason }: Extract,
  who: AdministratorAct,
  origin: string,
): Promise<z.input<typeof trailExportAnswer>> {
  const detail = `${format}, ${filterText(filter)}: ${reason}`;
  await store.write(tx => appendTrail(tx, { ...who, act: "trail-exported", detail }, namesIn(filter)));
  const found = await searchTrail(store, filter, mostExported);
  const records = found.toReversed().map(({ sequence, hash, record }) => ({ origin, sequence, hash, record }));
  const name = `trail-${new Date(who.at).toISOString().slice(0, 10)}`;
  return format === "csv"
    ? {
        name: `${name}.csv`,
        mediaType: "text/csv",
        text: csvHead + records.map(csvLine).join(""),
        records: records.length,
      }
    : {
        name: `${name}.ndjson`,
        mediaType: "application/fhir+ndjson",
        text: records.map(record => `${JSON.stringify(fhirAuditEvent(record))}\n`).join(""),
        records: records.length,
      };
}
