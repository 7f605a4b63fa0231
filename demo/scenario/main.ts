import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { firstLanguage } from "../../core/language.ts";
import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";
import { Ward } from "../ward/ward.ts";
import { breakTheGlass } from "./break-the-glass.ts";
import { checkTheTrail } from "./check-the-trail.ts";
import { forgetTheCard } from "./forget-the-card.ts";
import type { ScenarioFacts } from "./scenario-facts.ts";
import { ScenarioRun } from "./scenario-run.ts";
import { goTheWholeWay } from "./whole-way.ts";

const help = `npm run scenario [-- --with fallback] [-- --json] [-- --log]

Runs the demonstration ward headless and drives it by a script. Prints each step with its time; with --json, the last line is
one JSON object. --with fallback: a nurse without her card, the helpdesk and a temporary password, then two emergencies and their
review, in place of the whole way by card. --log prints what the ward's programs write. Leaves with 0 only when every step held.`;

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    with: { type: "string" },
    log: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

async function main(): Promise<number> {
  if (values.help) {
    console.log(help);
    return 0;
  }
  if (values.with !== undefined && values.with !== "fallback") {
    console.error(help);
    return 2;
  }
  const say = values.json ? (line: string) => process.stderr.write(`${line}\n`) : (line: string) => console.log(line);
  const pki = join(mkdtempSync(join(tmpdir(), "wardkey-pki-")), "authority");
  const graceSeconds = 300;
  // A PIN that nothing else holds.
  const physicianPin = String(randomInt(100_000, 1_000_000));
  let ward: Ward | undefined;
  let run: ScenarioRun | undefined;
  let facts: ScenarioFacts | undefined;
  let problem: string | undefined;
  try {
    ward = await Ward.start({
      pki,
      cards: demonstrationCards.map(card => card.id),
      pins: { physician: physicianPin },
      language: firstLanguage,
      graceSeconds,
      onLine: values.log ? (program, line) => process.stderr.write(`${program}: ${line}\n`) : () => {},
      onProgress: what => say(`… ${what}`),
    });
    run = new ScenarioRun(ward, step =>
      say(`${step.ok ? "✓" : "✗"} ${step.name}${step.code === undefined ? "" : ` [${step.code}]`}  ${step.ms} ms`),
    );
    facts =
      values.with === "fallback"
        ? await withoutTheCard(run, physicianPin)
        : await goTheWholeWay(run, physicianPin, graceSeconds);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
    say(`✗ ${problem}`);
  }
  const stages = ward === undefined ? {} : stagesOf(ward);
  await ward?.close();
  rmSync(join(pki, ".."), { recursive: true, force: true });
  const ok = problem === undefined && facts !== undefined;
  for (const [stage, { ms }] of Object.entries(stages)) say(`  ${stage}: ${ms} ms`);
  if (facts?.apdus.first !== undefined) say(`  APDUs: ${facts.apdus.first} first, ${facts.apdus.return} on return`);
  if (facts !== undefined) say(`  trail: ${facts.trail.records} records`);
  if (values.json) {
    console.log(
      JSON.stringify({
        ok,
        steps: run?.steps ?? [],
        stages,
        apdus: facts?.apdus ?? {},
        trail: facts?.trail ?? { records: 0, verified: false },
        ...(problem === undefined ? {} : { problem }),
      }),
    );
  }
  return ok ? 0 : 1;
}

/** Forgotten card, emergency, and the trail of both. */
async function withoutTheCard(run: ScenarioRun, physicianPin: string): Promise<ScenarioFacts> {
  await forgetTheCard(run, physicianPin);
  await breakTheGlass(run, physicianPin);
  return checkTheTrail(run);
}

/** The median of each stage over both workstations. */
function stagesOf(ward: Ward): Record<string, { ms: number }> {
  const measured = new Map<string, number[]>();
  for (const { stages } of ward.workstations)
    for (const { stage, ms } of stages) measured.set(stage, [...(measured.get(stage) ?? []), ms]);
  return Object.fromEntries(
    [...measured].map(([stage, times]) => [stage, { ms: Math.round(median(times) * 10) / 10 }]),
  );
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((x, y) => x - y);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

process.exitCode = await main();
