import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Exploration, newExploration } from "./exploration.ts";
import { recordConversations } from "./record-conversations.ts";
import type { Portion, Share } from "./worker.ts";

const help = `npm run bench -- mutations [--answers N] [--inputs N] [--seed N] [--processes N] [--json]

Changes what cards answer in whole conversations (--answers, 10 million), and what single readers read: answers to reset, data
objects, directories, certificates and what is in them (--inputs, 1 million). Each must end in a signature that the certificate
verifies or in a failure of the catalogue, no reading may take 50 ms, and no more than 16 MB may stay held. The same --seed and
the same cards give the same changes. Ends with status 1 where one of these does not hold.`;

const { values } = parseArgs({
  options: {
    answers: { type: "string", default: "10000000" },
    inputs: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    processes: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const entry = fileURLToPath(new URL("./worker.ts", import.meta.url));
const progressSeconds = 15;
const mostGrowth = 16 * 1024 * 1024;

interface Total {
  readonly answers: Exploration;
  readonly inputs: Exploration;
  growthBytes: number;
}

function add(total: Exploration, found: Exploration): void {
  total.mutated += found.mutated;
  total.slowestMs = Math.max(total.slowestMs, found.slowestMs);
  total.violations.push(...found.violations);
  for (const [outcome, seed] of found.reached) if (!total.reached.has(outcome)) total.reached.set(outcome, seed);
}

/** One process's share; resolves when it has ended. */
async function run(share: Share, total: Total, onPortion: () => void): Promise<void> {
  const child = fork(entry, [], { execArgv: ["--expose-gc"], serialization: "advanced" });
  const held: number[] = [];
  child.on("message", message => {
    const { kind, found, heldBytes } = message as Portion;
    add(total[kind], found);
    // The first two portions of each kind warm up: what is compiled and kept for good.
    held.push(heldBytes);
    const settled = held[3] ?? heldBytes;
    total.growthBytes = Math.max(total.growthBytes, heldBytes - settled);
    onPortion();
  });
  child.send(share);
  const [code, signal] = await once(child, "exit");
  if (code !== 0) total.answers.violations.push(`a process ended with ${signal ?? code}`);
}

async function main(): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), "wardkey-mutations-"));
  const conversations = await recordConversations(join(directory, "pki"));
  rmSync(directory, { recursive: true, force: true });
  const [answers, inputs, seed, processes] = [values.answers, values.inputs, values.seed, values.processes].map(Number);
  if (!answers || !inputs || !processes || seed === undefined || Number.isNaN(seed)) throw new Error(help);
  const total: Total = { answers: newExploration(), inputs: newExploration(), growthBytes: 0 };
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  let toldAt = 0;
  const progress = () => {
    if (seconds() - toldAt < progressSeconds) return;
    toldAt = seconds();
    console.error(
      `${seconds().toFixed(0)} s: ${total.answers.mutated} answers, ${total.inputs.mutated} inputs, ` +
        `${total.answers.violations.length + total.inputs.violations.length} violations, ` +
        `${Math.round(total.growthBytes / 1024)} KB of growth`,
    );
  };
  const shares = Array.from({ length: processes }, (_, index) => ({
    conversations,
    answers: Math.ceil(answers / processes),
    inputs: Math.ceil(inputs / processes),
    firstSeed: seed + index * 1_000_000_000,
  }));
  await Promise.all(shares.map(share => run(share, total, progress)));

  const violations = [...total.answers.violations, ...total.inputs.violations];
  const result = {
    answers: total.answers.mutated,
    inputs: total.inputs.mutated,
    seconds: Math.round(seconds()),
    slowestMs: round(Math.max(total.answers.slowestMs, total.inputs.slowestMs)),
    growthBytes: total.growthBytes,
    outcomes: total.answers.reached.size + total.inputs.reached.size,
    violations: violations.length,
  };
  for (const violation of violations) console.error(violation);
  if (values.json) console.log(JSON.stringify(result));
  else print(total, result);
  return violations.length > 0 || result.growthBytes > mostGrowth ? 1 : 0;
}

function print(total: Total, result: object): void {
  for (const [outcome, seed] of [...total.answers.reached, ...total.inputs.reached].sort(([a], [b]) =>
    a < b ? -1 : 1,
  ))
    console.log(`${outcome} (seed ${seed})`);
  for (const [name, value] of Object.entries(result)) console.log(`${name}: ${value}`);
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}

if (values.help) console.log(help);
else process.exitCode = await main();
