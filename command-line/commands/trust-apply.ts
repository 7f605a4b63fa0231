import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { appendTrail } from "../../broker/store/trail-table.ts";
import { applyBundle } from "../../broker/store/trust-table.ts";
import { openTrustBundle } from "../../broker/trust/trust-bundle.ts";
import { keysOf } from "../../broker/trust/trust-document-in-force.ts";
import { withBrokerStore } from "../broker-store.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey trust apply --config FILE BUNDLE

Puts the trust bundle in BUNDLE in force on the store of the broker whose configuration is FILE, and says so in the trail; a broker
that runs follows with the next card. Refused unless one of the configured keys signed it and its version is higher than the one
in force. Ask \`wardkey trust check\` first whom it would refuse.`;

/** `wardkey trust apply`. */
export async function trustApply(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { config: { type: "string" }, help: { type: "boolean", default: false } },
  });
  const [file] = positionals;
  if (values.help || file === undefined || values.config === undefined) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    const version = await withBrokerStore(values.config, async ({ trust }, store) => {
      const bundle = readFileSync(file, "utf8").trim();
      const document = await openTrustBundle(bundle, keysOf(trust));
      const digest = createHash("sha256").update(bundle).digest("hex");
      const now = Date.now();
      await store.write(async tx => {
        await applyBundle(tx, { version: document.version, bundle, appliedAt: now });
        const detail = `version ${document.version}, SHA-256 ${digest}`;
        await appendTrail(tx, { at: now, act: "trust-changed", detail });
      });
      return document.version;
    });
    console.log(`version ${version} is in force`);
    return 0;
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}
