import { assuranceOf } from "../../core/session/means.ts";
import { isPseudonym } from "../../core/trail/trail-pseudonym.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { type DicomCode, eventKindOf } from "./event-kind.ts";
import { type ExportedRecord, trailSystem } from "./exported-record.ts";

interface Coding {
  readonly system?: string;
  readonly code: string;
  readonly display?: string;
}

interface Agent {
  readonly type?: { readonly coding: readonly Coding[] };
  readonly who: { readonly identifier: { readonly system?: string; readonly value: string } };
  readonly requestor: boolean;
  readonly network?: { readonly address: string; readonly type: string };
  readonly policy?: readonly string[];
}

/** AuditEvent of FHIR R4 (https://hl7.org/fhir/R4/auditevent.html), as far as we fill it. */
export interface AuditEvent {
  readonly resourceType: "AuditEvent";
  readonly meta: { readonly tag: readonly Coding[] };
  readonly [member: string]: unknown;
}

const dicom = "http://dicom.nema.org/resources/ontology/DCM";
const participationType = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
const objectType = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const objectRole = "http://terminology.hl7.org/CodeSystem/object-role";
const sourceType = "http://terminology.hl7.org/CodeSystem/security-source-type";
/** “To perform policy override operations … by end users who are not provisioned for this purpose of use”; a kind of ETREAT. */
const breakTheGlass = {
  system: "http://terminology.hl7.org/CodeSystem/v3-ActReason",
  code: "BTG",
  display: "break the glass",
};
const actSystem = "urn:wardkey:act";
const holderSystem = "urn:oid:1.2.250.1.71.4.2.1";
const pseudonymSystem = "urn:wardkey:pseudonym";
/** A machine's name (http://hl7.org/fhir/network-type). */
const machineName = "1";

/** The record as an AuditEvent; its tag (origin, number) is the key of conditional creation. */
export function fhirAuditEvent({ origin, sequence, hash, record }: ExportedRecord): AuditEvent {
  const { event, type, action, outcome } = eventKindOf(record);
  return {
    resourceType: "AuditEvent",
    meta: { tag: [{ system: trailSystem(origin), code: String(sequence) }] },
    type: dicomCoding(event),
    subtype: [...(type === undefined ? [] : [dicomCoding(type)]), { system: actSystem, code: record.act }],
    action,
    recorded: new Date(record.at).toISOString(),
    ...(isInEmergency(record) ? { purposeOfEvent: [{ coding: [breakTheGlass] }] } : {}),
    outcome: String(outcome),
    ...(record.code === undefined ? {} : { outcomeDesc: record.code }),
    agent: agentsOf(record, origin),
    source: {
      ...(record.place === undefined ? {} : { site: record.place }),
      observer: { identifier: { system: "urn:ietf:rfc:3986", value: trailSystem(origin) } },
      type: [{ system: sourceType, code: "4", display: "Application Server" }],
    },
    entity: entitiesOf(record, { origin, sequence, hash }),
  };
}

/** What was done by a broken glass; that somebody else looks at it afterwards is no emergency. */
function isInEmergency({ breakGlass, act }: TrailRecord): boolean {
  return breakGlass !== undefined && act !== "break-glass-reviewed";
}

/** Of a person: PS_IdNat, or what stands for it. */
function systemOf(person: string): string {
  return isPseudonym(person) ? pseudonymSystem : holderSystem;
}

function dicomCoding({ code, meaning }: DicomCode): Coding {
  return { system: dicom, code, display: meaning };
}

function agentsOf(record: TrailRecord, origin: string): Agent[] {
  const { by, holder, workstation, means, secondFactor, policy, identity } = record;
  const network = workstation === undefined ? {} : { network: { address: workstation, type: machineName } };
  const policies =
    policy === undefined
      ? {}
      : { policy: policy.split(", ").map(id => `urn:wardkey:policy:${encodeURIComponent(id)}`) };
  const person = by ?? holder;
  if (person === undefined)
    return [{ who: { identifier: { value: workstation ?? origin } }, requestor: true, ...network, ...policies }];
  const coding = [
    { system: participationType, code: "IRCP", display: "information recipient" },
    ...(means === undefined
      ? []
      : [{ system: "urn:wardkey:means", code: means, display: `assurance ${assuranceOf(means)}` }]),
    ...(secondFactor === undefined ? [] : [{ system: "urn:wardkey:second-factor", code: secondFactor }]),
    ...(identity === undefined ? [] : [{ system: "urn:wardkey:identity", code: identity }]),
  ];
  return [
    {
      type: { coding },
      who: { identifier: { system: systemOf(person), value: person } },
      requestor: true,
      ...network,
      ...policies,
    },
  ];
}

function entitiesOf(
  record: TrailRecord,
  { origin, sequence, hash }: { origin: string; sequence: number; hash: string },
) {
  const { by, holder, shownAs, session, application, breakGlass, detail } = record;
  const identified = (value: string, system?: string) => ({
    what: { identifier: { ...(system === undefined ? {} : { system }), value } },
  });
  const kind = (type: string, typeText: string, role: string, roleText: string) => ({
    type: { system: objectType, code: type, display: typeText },
    role: { system: objectRole, code: role, display: roleText },
  });
  const details = [
    ...(shownAs === undefined ? [] : [{ type: "shown as", valueString: shownAs }]),
    ...(session === undefined ? [] : [{ type: "session", valueString: session }]),
    ...(breakGlass === undefined ? [] : [{ type: "break-glass", valueString: breakGlass }]),
    ...(detail === undefined || detail === "" ? [] : [{ type: "detail", valueString: detail }]),
    { type: "hash", valueString: hash },
  ];
  return [
    {
      ...identified(String(sequence), trailSystem(origin)),
      ...kind("2", "System Object", "13", "Security Resource"),
      detail: details,
    },
    ...(by === undefined || holder === undefined
      ? []
      : [{ ...identified(holder, systemOf(holder)), ...kind("1", "Person", "11", "Security User Entity") }]),
    ...(application === undefined
      ? []
      : [{ ...identified(application), ...kind("2", "System Object", "13", "Security Resource"), name: application }]),
  ];
}
