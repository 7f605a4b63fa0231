import { version } from "../../core/version.ts";
import { dicomAuditMessage } from "./dicom-audit-message.ts";
import { eventKindOf } from "./event-kind.ts";
import type { ExportedRecord } from "./exported-record.ts";

/** Security and authorisation messages (RFC 5424, table 1). */
const facility = 10;
const notice = 5;
const warning = 4;
/** RFC 5424, 7.3.1: it starts again after this. */
const mostSequenceId = 2_147_483_647;

/**
 * The record as a message of RFC 5424 with a DICOM audit message in it (PS3.15, A.6). The number in the trail is also in
 * `meta sequenceId`; the host's name is the broker's.
 */
export function syslogMessage(exported: ExportedRecord): string {
  const { origin, sequence, record } = exported;
  const severity = eventKindOf(record).outcome === 0 ? notice : warning;
  const host = origin.replace(/[:/].*$/, "");
  const head = `<${facility * 8 + severity}>1 ${new Date(record.at).toISOString()} ${host} wardkey - DICOM+RFC3881`;
  const data = `[meta sequenceId="${((sequence - 1) % mostSequenceId) + 1}"][origin software="Wardkey" swVersion="${version}"]`;
  return `${head} ${data} \uFEFF${dicomAuditMessage(exported)}`;
}

/** One message as RFC 5425 sends it: its length in bytes, a blank, its bytes. */
export function syslogFrame(exported: ExportedRecord): Buffer {
  const message = Buffer.from(syslogMessage(exported));
  return Buffer.concat([Buffer.from(`${message.length} `), message]);
}
