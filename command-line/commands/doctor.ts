import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { writeBundle } from "../doctor/bundle.ts";
import { examine } from "../doctor/examine.ts";
import type { Finding } from "../doctor/finding.ts";
import { recentLogLines } from "../doctor/log-lines.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey doctor [--state DIR] [--bundle FILE] [--json]

Looks at everything between a card and the broker: PC/SC service and rights, readers, cards in them, programs, PKCS#11 modules,
keyring; with DIR, the folder of \`wardkey enrol\`, enrolment, broker, clock and disk, too. Prints numbered findings, each that is no
success with its remedy. No PIN try is spent.
  --bundle  writes what support needs into FILE, JSON: findings, versions, settings and the latest log lines, without names,
            identifiers and secrets
Leaves with 0 where nothing is worse than a warning, with 1 otherwise.`;

/** `wardkey doctor`. */
export async function doctor(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      state: { type: "string" },
      bundle: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const { state, bundle } = values;
  try {
    const { findings, workstation } = await examine(state, () => Date.now());
    if (bundle !== undefined) {
      const log = state === undefined ? [] : recentLogLines(state);
      writeFileSync(bundle, writeBundle({ at: Date.now(), findings, workstation, log }), { mode: 0o600 });
    }
    console.log(values.json ? JSON.stringify({ findings: findings.map(numbered) }) : page(findings));
    return findings.some(({ level }) => level === "problem") ? 1 : 0;
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}

const numbered = (found: Finding, index: number) => ({ number: index + 1, ...found });

function page(findings: readonly Finding[]): string {
  return findings
    .map(numbered)
    .map(({ number, level, says, remedy, code }) => {
      const line = `${String(number).padStart(3)}  ${level.padEnd(8)} ${says} [${code}]`;
      return remedy === undefined ? line : `${line}\n              ${remedy}`;
    })
    .join("\n");
}
