import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { type DryRun, dryRun } from "../../broker/trust/dry-run.ts";
import { openTrustBundle } from "../../broker/trust/trust-bundle.ts";
import type { TrustConfiguration } from "../../broker/trust/trust-configuration.ts";
import { documentInForce, keysOf } from "../../broker/trust/trust-document-in-force.ts";
import { validatorPorts } from "../../broker/trust/validator-ports.ts";
import { type TrustDocument, trustDocument } from "../../core/trust-policy/trust-document.ts";
import { withBrokerStore } from "../broker-store.ts";
import { problemText } from "../problem-text.ts";
import { withCertificates } from "./trust-sign.ts";

const help = `wardkey trust check --config FILE [--json] BUNDLE

Who of the last 24 hours would be refused if BUNDLE, a trust bundle or the document of one that is yet to be signed, were in force?
Judges the certificates that signed somebody in by the trust in force and by BUNDLE; changes nothing. FILE is the broker's.
Leaves with 0 where nobody would be refused, with 1 where somebody would or BUNDLE is refused itself.`;

/** `wardkey trust check`. */
export async function trustCheck(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      config: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [file] = positionals;
  if (values.help || file === undefined || values.config === undefined) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    const result = await withBrokerStore(values.config, async ({ trust, demonstration, store: path }, store) => {
      const { document } = await documentInForce(store.db, trust);
      const other = await candidateIn(file, trust);
      const parts = {
        store,
        folder: `${path}.revocation`,
        demonstration,
        ports: validatorPorts(),
        clock: { now: () => Date.now() },
      };
      return { inForce: document.version, version: other.version, ...(await dryRun(parts, document, other)) };
    });
    console.log(values.json ? JSON.stringify(result) : page(result));
    return result.refused.length === 0 ? 0 : 1;
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}

async function candidateIn(file: string, trust: TrustConfiguration): Promise<TrustDocument> {
  const text = readFileSync(file, "utf8");
  if (!text.trimStart().startsWith("{")) return openTrustBundle(text, keysOf(trust));
  const parsed = trustDocument.safeParse(withCertificates(JSON.parse(text), dirname(file)));
  if (!parsed.success) throw new Error(`${file} is no trust document:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function page({
  cards,
  refused,
  withoutData,
  version,
  inForce,
}: DryRun & { version: number; inForce: number }): string {
  return [
    `version ${version} against version ${inForce} in force: ${cards} cards signed in during the last 24 hours`,
    ...withoutData.map(address => `no data from ${address}`),
    ...refused.map(
      ({ holder, at, code, detail }) => `  ${holder}, last ${new Date(at).toISOString()}: ${code} (${detail})`,
    ),
    refused.length === 0 ? "none of them would be refused" : `${refused.length} of them would be refused`,
  ].join("\n");
}
