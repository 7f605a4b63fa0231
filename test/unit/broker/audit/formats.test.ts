import { beforeAll, describe, expect, test } from "vitest";
import { csvLine } from "../../../../broker/audit/csv.ts";
import { dicomAuditMessage } from "../../../../broker/audit/dicom-audit-message.ts";
import type { ExportedRecord } from "../../../../broker/audit/exported-record.ts";
import { fhirAuditEvent } from "../../../../broker/audit/fhir-audit-event.ts";
import { syslogFrame, syslogMessage } from "../../../../broker/audit/syslog-message.ts";
import { type TrailRecord, trailActs } from "../../../../core/trail/trail-record.ts";
import { faultsOfAuditEvent, knowFhir } from "../../../fixtures/fhir-definitions.ts";

const exported = (record: Partial<TrailRecord> = {}, sequence = 7): ExportedRecord => ({
  origin: "broker.hospital.example:8443/trail",
  sequence,
  hash: "ab".repeat(32),
  record: { at: Date.UTC(2026, 10, 26, 5, 0, 0, 123), act: "session-opened", ...record },
});
const whole: Partial<TrailRecord> = {
  holder: "899700218896",
  by: "899700075064",
  shownAs: "0751234567",
  revocation: "aged",
  means: "card-pin",
  assurance: "high",
  secondFactor: "security-key",
  workstation: "w1",
  place: "Cardiologie",
  session: "s1",
  application: "record",
  policy: "nurses, night shift",
  code: "pin-wrong",
  detail: "déjà < vu",
};

describe("FHIR", () => {
  beforeAll(() => knowFhir());

  test.each(trailActs)("%s: bare and with every member, an AuditEvent as HL7 defines it", act => {
    for (const record of [{ act }, { ...whole, act }, { act, holder: "1" }, { act, workstation: "w1" }])
      expect(faultsOfAuditEvent(fhirAuditEvent(exported(record)))).toEqual([]);
  });

  test("what is done by a broken glass has the purpose that HL7 names so; its review, and anything else, has none", () => {
    const inEmergency = { ...whole, breakGlass: "g1", identity: "claimed" } as const;
    for (const act of ["break-glass-opened", "application-launched", "session-opened"] as const) {
      const event = fhirAuditEvent(exported({ ...inEmergency, act }));
      expect(faultsOfAuditEvent(event)).toEqual([]);
      expect(event["purposeOfEvent"]).toMatchObject([{ coding: [{ code: "BTG" }] }]);
      expect(JSON.stringify(event["agent"])).toContain('"code":"claimed"');
    }
    expect(
      fhirAuditEvent(exported({ ...whole, breakGlass: "g1", act: "break-glass-reviewed" }))["purposeOfEvent"],
    ).toBe(undefined);
    expect(fhirAuditEvent(exported(whole))["purposeOfEvent"]).toBeUndefined();
  });

  test("without its agents, or with one member more, it is none", () => {
    const { agent: _agent, ...without } = fhirAuditEvent(exported(whole));
    expect(faultsOfAuditEvent(without).join()).toContain("agent");
    expect(faultsOfAuditEvent({ ...fhirAuditEvent(exported(whole)), mood: "good" }).join()).toContain("mood");
  });

  test("the administrator is the agent, whom it is about an entity; the tag is the key", () => {
    expect(fhirAuditEvent(exported({ ...whole, act: "holder-alias-added" }))).toMatchObject({
      meta: { tag: [{ system: "https://broker.hospital.example:8443/trail", code: "7" }] },
      action: "C",
      recorded: "2026-11-26T05:00:00.123Z",
      agent: [{ who: { identifier: { value: "899700075064" } }, network: { address: "w1", type: "1" } }],
      entity: [{}, { what: { identifier: { value: "899700218896" } } }, { name: "record" }],
    });
  });
});

describe("DICOM", () => {
  const order = (message: string) => [...message.matchAll(/<(?!\/|\?)([A-Za-z]+)/g)].map(([, name]) => name);

  test("elements stand in the order of PS3.15, A.5.1", () => {
    const message = dicomAuditMessage(exported({ ...whole, act: "sign-in-denied" }));
    expect(order(message).filter(name => !name?.startsWith("ParticipantObjectDetail"))).toEqual([
      "AuditMessage",
      "EventIdentification",
      "EventID",
      "EventTypeCode",
      "EventTypeCode",
      "EventOutcomeDescription",
      "ActiveParticipant",
      "RoleIDCode",
      "AuditSourceIdentification",
      "AuditSourceTypeCode",
      ...Array.from({ length: 3 }, () => [
        "ParticipantObjectIdentification",
        "ParticipantObjectIDTypeCode",
        "ParticipantObjectName",
      ]).flat(),
    ]);
    expect(message).toContain('EventOutcomeIndicator="4"');
    expect(message).toContain('csd-code="110114" codeSystemName="DCM"');
  });

  test("what is no XML does not get in", () => {
    const message = dicomAuditMessage(exported({ holder: 'a"<&\u0000\n\uD800' }));
    expect(message).toContain('UserID="a&quot;&lt;&amp;   "');
  });
});

describe("syslog", () => {
  test("is RFC 5424, counted in bytes as RFC 5425 wants it", () => {
    const text = syslogMessage(exported({ place: "Réa" }));
    expect(text).toMatch(
      /^<85>1 2026-11-26T05:00:00\.123Z broker\.hospital\.example wardkey - DICOM\+RFC3881 \[meta sequenceId="7"\]\[origin software="Wardkey" swVersion="[^"]+"\] \uFEFF<\?xml/,
    );
    const frame = syslogFrame(exported({ place: "Réa" })).toString();
    expect(frame).toBe(`${Buffer.byteLength(text)} ${text}`);
    expect(Buffer.byteLength(text)).toBeGreaterThan(text.length);
  });

  test("numbers start again where the standard ends them", () => {
    expect(syslogMessage(exported({}, 2_147_483_647))).toContain('sequenceId="2147483647"');
    expect(syslogMessage(exported({}, 2_147_483_648))).toContain('sequenceId="1"');
  });
});

describe("CSV", () => {
  test("quotes what needs it, and lets no spreadsheet calculate", () => {
    const line = csvLine(exported({ detail: 'a "b", c', holder: "=cmd()", policy: "-1" }));
    expect(line).toContain('"a ""b"", c"');
    expect(line).toContain(",'=cmd(),");
    expect(line).toContain(",'-1,");
    expect(line.endsWith("\r\n")).toBe(true);
  });
});
