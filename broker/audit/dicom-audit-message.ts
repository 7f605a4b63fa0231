import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { eventKindOf } from "./event-kind.ts";
import { type ExportedRecord, trailSystem } from "./exported-record.ts";

/** The record as an audit message of DICOM PS3.15, A.5.1, on one line; IHE ATNA takes the same (ITI TF-2, 3.20). */
export function dicomAuditMessage({ origin, sequence, hash, record }: ExportedRecord): string {
  const { event, type, action, outcome } = eventKindOf(record);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<AuditMessage>",
    `<EventIdentification${attributes({
      EventActionCode: action,
      EventDateTime: new Date(record.at).toISOString(),
      EventOutcomeIndicator: String(outcome),
    })}>`,
    coded("EventID", event.code, "DCM", event.meaning),
    ...(type === undefined ? [] : [coded("EventTypeCode", type.code, "DCM", type.meaning)]),
    coded("EventTypeCode", record.act, "Wardkey", record.act),
    ...(record.code === undefined
      ? []
      : [`<EventOutcomeDescription>${escaped(record.code)}</EventOutcomeDescription>`]),
    "</EventIdentification>",
    participant(record, origin),
    `<AuditSourceIdentification${attributes({ AuditEnterpriseSiteID: record.place, AuditSourceID: origin })}>`,
    // An application server (PS3.15, table A.5.1-1).
    '<AuditSourceTypeCode csd-code="4"/>',
    "</AuditSourceIdentification>",
    ...objects(record, `${trailSystem(origin)}#${sequence}`, hash),
    "</AuditMessage>",
  ].join("");
}

function participant({ by, holder, workstation, means, assurance }: TrailRecord, origin: string): string {
  const opened = attributes({
    UserID: by ?? holder ?? workstation ?? origin,
    UserIsRequestor: "true",
    NetworkAccessPointID: workstation,
    // A machine's name.
    NetworkAccessPointTypeCode: workstation === undefined ? undefined : "1",
  });
  if (means === undefined) return `<ActiveParticipant${opened}/>`;
  const role = coded("RoleIDCode", means, "Wardkey", `by ${means}, assurance ${assurance ?? "unknown"}`);
  return `<ActiveParticipant${opened}>${role}</ActiveParticipant>`;
}

function objects(record: TrailRecord, place: string, hash: string): string[] {
  const { by, holder, shownAs, session, application, policy, secondFactor, detail } = record;
  const details = Object.entries({ hash, session, shownAs, policy, secondFactor, detail }).flatMap(([type, value]) =>
    value === undefined ? [] : [`<ParticipantObjectDetail${attributes({ type, value: base64(value) })}/>`],
  );
  return [
    // System object, security resource.
    object({ id: place, type: "2", role: "13", idType: "URI", content: details.join("") }),
    // Person, security user entity.
    ...(by === undefined || holder === undefined
      ? []
      : [object({ id: holder, type: "1", role: "11", idType: "User Identifier", content: "" })]),
    ...(application === undefined
      ? []
      : [object({ id: application, type: "2", role: "13", idType: "URI", content: "" })]),
  ];
}

interface AuditObject {
  readonly id: string;
  readonly type: "1" | "2";
  readonly role: string;
  readonly idType: keyof typeof idTypes;
  readonly content: string;
}

/** RFC 3881, section 5.5.4. */
const idTypes = { "User Identifier": "11", URI: "12" } as const;

function object({ id, type, role, idType, content }: AuditObject): string {
  const opened = attributes({
    ParticipantObjectID: id,
    ParticipantObjectTypeCode: type,
    ParticipantObjectTypeCodeRole: role,
  });
  const kind = coded("ParticipantObjectIDTypeCode", idTypes[idType], "RFC-3881", idType);
  const name = `<ParticipantObjectName>${escaped(id)}</ParticipantObjectName>`;
  return `<ParticipantObjectIdentification${opened}>${kind}${name}${content}</ParticipantObjectIdentification>`;
}

function coded(element: string, code: string, system: string, meaning: string): string {
  return `<${element}${attributes({ "csd-code": code, codeSystemName: system, originalText: meaning })}/>`;
}

function attributes(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${escaped(value)}"`]))
    .join("");
}

/** What XML 1.0 has no place for becomes a blank. */
function escaped(text: string): string {
  const readable = [...text].map(character => (isForXml(character.codePointAt(0) ?? 0) ? character : " ")).join("");
  return readable.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** XML 1.0, section 2.2; line ends are left out, since the message is one line. */
function isForXml(code: number): boolean {
  return (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000;
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
