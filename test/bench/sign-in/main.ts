import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { toHex } from "../../../core/bytes/hex.ts";
import { ensurePcscService, firstReaderPort, readerNames } from "../../../demo/ward/pcsc-service.ts";
import { WardCard } from "../../../demo/ward/ward-card.ts";
import { demonstrationCards } from "../../../native-bindings/simulator/authority/demonstration-cards.ts";
import { TestBroker } from "../../integration/support/test-broker.ts";
import { BenchWorkstation } from "../bench-workstation.ts";
import { buildClient } from "../build-client.ts";
import { recordSignIn } from "../card/recorded-sign-in.ts";
import { median, round } from "../quantile.ts";
import { runRawCard, shortCommands } from "./raw-card.ts";

const help = `npm run bench -- sign-in [--runs N] [--json]

A whole sign-in of the agent (card, broker on loopback, session, trail) against a C client on the same card, in turn: once with the
short APDUs that any reader can do, once with the very APDUs of the agent; with a card that answers at once, and with one that takes as
long as the one that the references were measured with. Prints medians, and ratios run by run.`;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "21" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

/** The virtual card that the references were measured with: its exchange took 12 to 14 ms in C. */
const referencePace = ["--bits-per-second", "3000000", "--signature-ms", "7"];

async function measure(pace: readonly string[]) {
  const physician = demonstrationCards[0];
  if (physician === undefined) throw new Error("no card");
  const program = buildClient(join(import.meta.dirname, "raw-card.c"));
  const house = await TestBroker.start();
  const { known } = await recordSignIn(physician, house.keysOf(physician.id), new Uint8Array(2_500));
  const agents = known.map(({ command }) => toHex(command)).join(" ");
  const card = await WardCard.start(physician.id, join(house.directory, "pki"), undefined, pace);
  const [reader] = readerNames;
  const workstation = await BenchWorkstation.start(house, "A");
  const { agent } = workstation;
  const stages: Record<string, number[]> = {};
  agent.onStage(({ stage, ms }) => {
    stages[stage] = [...(stages[stage] ?? []), ms];
  });
  const same: number[] = [];
  const inShort: number[] = [];
  for (let run = 0; run < Number(values.runs) + 2; run += 1) {
    await card.insert(firstReaderPort);
    await workstation.signIn(physician.pin);
    agent.intend({ type: "end-session" });
    await workstation.screen("cover");
    same.push(await runRawCard(program, reader, agents));
    inShort.push(await runRawCard(program, reader, shortCommands(physician.pin)));
    await card.remove();
    await wait(500);
  }
  await workstation.close();
  await card.stop();
  await house.close();

  // The first two runs warm up.
  const toPin = (stages["insertion-to-pin-ready"] ?? []).slice(2);
  const toPortal = (stages["pin-to-portal"] ?? []).slice(2);
  const whole = toPin.map((ms, index) => ms + (toPortal[index] ?? 0));
  const over = (times: readonly number[], raw: readonly number[]) =>
    round(median(times.map((ms, index) => ms / (raw[index + 2] ?? Number.NaN))));
  return {
    runs: whole.length,
    insertionToPinReadyMs: round(median(toPin)),
    pinToPortalMs: round(median(toPortal)),
    rawShortApdusMs: round(median(inShort.slice(2))),
    rawSameApdusMs: round(median(same.slice(2))),
    pinToPortalOverRawShort: over(toPortal, inShort),
    wholeOverRawShort: over(whole, inShort),
    pinToPortalOverRawSame: over(toPortal, same),
    wholeOverRawSame: over(whole, same),
  };
}

async function main(): Promise<void> {
  const pcsc = await ensurePcscService();
  const result = { atOnce: await measure([]), asTheReferences: await measure(referencePace) };
  await pcsc.stop();
  if (values.json) console.log(JSON.stringify(result));
  else
    for (const [card, figures] of Object.entries(result)) {
      console.log(card);
      for (const [name, value] of Object.entries(figures)) console.log(`  ${name.padEnd(24)}${value}`);
    }
}

if (values.help) console.log(help);
else await main();
