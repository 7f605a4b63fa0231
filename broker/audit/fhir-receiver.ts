import { readFileSync } from "node:fs";
import { Agent, fetch } from "undici";
import { trailSystem } from "./exported-record.ts";
import { fhirAuditEvent } from "./fhir-audit-event.ts";
import { type TrailExport, tlsFiles } from "./trail-configuration.ts";
import type { TrailReceiver } from "./trail-receiver.ts";

const limitMs = 20_000;

/**
 * A FHIR R4 server. AuditEvent has no identifier of its own, so the key stands in the resource's tag, and each is created on
 * condition that there is none with that tag (https://hl7.org/fhir/R4/http.html#ccreate): what is sent again is not created again.
 */
export function fhirReceiver(to: Extract<TrailExport, { to: "fhir" }>): TrailReceiver {
  const address = `${to.url.replace(/\/$/, "")}/AuditEvent`;
  const dispatcher = new Agent({ connect: tlsFiles(to) });
  return {
    atOnce: 20,
    async send(records) {
      for (const record of records) {
        const token = to.tokenFile === undefined ? undefined : readFileSync(to.tokenFile, "utf8").trim();
        const response = await fetch(address, {
          method: "POST",
          dispatcher,
          signal: AbortSignal.timeout(limitMs),
          headers: {
            "content-type": "application/fhir+json",
            accept: "application/fhir+json",
            prefer: "return=minimal",
            "if-none-exist": `_tag=${encodeURIComponent(`${trailSystem(record.origin)}|${record.sequence}`)}`,
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify(fhirAuditEvent(record)),
        });
        await response.body?.cancel();
        if (response.status !== 200 && response.status !== 201)
          throw new Error(`record ${record.sequence}: HTTP ${response.status}`);
      }
    },
    close: () => dispatcher.close(),
  };
}
