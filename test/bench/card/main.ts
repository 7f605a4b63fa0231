import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensurePcscService } from "../../../demo/ward/pcsc-service.ts";
import { openDemonstrationAuthority } from "../../../native-bindings/simulator/authority/demonstration-authority.ts";
import type { PhysicalCard } from "../../../native-bindings/simulator/physical-pace.ts";
import { buildClient } from "../build-client.ts";
import { round } from "../quantile.ts";
import { commandsOfEveryCard, events, exchanges, physicalRatio } from "./measure.ts";

const help = `npm run bench -- card [--runs N] [--insertions N] [--json]

The card host against a C client with the same APDUs on the same virtual card, in turn (--runs, 21); the APDUs of every driver; the card
event against a C client's that waits for the same reader (--insertions, 60); and sign-ins with cards as slow as physical ones, against the time
that their line needs for the bytes and their chip for the signature. --json: the last line is the result.`;

/** An old card on the slowest line, and so on. */
const physicalCards: readonly PhysicalCard[] = [
  { bitsPerSecond: 9_600, signatureMs: 450 },
  { bitsPerSecond: 115_200, signatureMs: 200 },
  { bitsPerSecond: 344_086, signatureMs: 60 },
];
/** The virtual card that the references were measured with: its exchange took 12 to 14 ms in C. */
const referenceCard: PhysicalCard = { bitsPerSecond: 3_000_000, signatureMs: 7 };

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "21" },
    insertions: { type: "string", default: "60" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "wardkey-bench-"));
  const pki = join(directory, "pki");
  const bench = { pki, authority: openDemonstrationAuthority(pki, Date.now()) };
  const rawCard = buildClient(join(import.meta.dirname, "../sign-in/raw-card.c"));
  const watchReader = buildClient(join(import.meta.dirname, "watch-reader.c"));
  const pcsc = await ensurePcscService();
  const print = (name: string, text: string) => console.log(`${name.padEnd(34)}${text}`);

  const fast = await exchanges(bench, rawCard, Number(values.runs));
  print("exchange, card that answers at once", `${describe(fast)}  (at most 1.15)`);
  const slow = await exchanges(bench, rawCard, Number(values.runs), referenceCard);
  print("exchange, card of the references", describe(slow));
  const apdus = await commandsOfEveryCard(bench);
  for (const [id, count] of Object.entries(apdus)) print(`APDUs ${id}`, `${count.first} first, ${count.return} return`);
  const event = await events(bench, watchReader, Number(values.insertions));
  print(
    "event, later than a C client's",
    `median ${round(event.medianMs)} ms, p99 ${round(event.p99Ms)} ms, ${event.count} events, ${event.missed} not seen`,
  );
  const physical: Record<string, number> = {};
  for (const card of physicalCards) {
    const { physicalMs, signInMs, ratio, ratioToLeast } = await physicalRatio(bench, card, 3);
    physical[card.bitsPerSecond] = round(ratio);
    print(
      `sign-in at ${card.bitsPerSecond} bit/s, ${card.signatureMs} ms`,
      `${round(signInMs)} ms, the card's part ${round(physicalMs)} ms: ${round(ratio)}  (at most 1.10); of the least commands: ${round(ratioToLeast)}`,
    );
  }
  await pcsc.stop();
  rmSync(directory, { recursive: true, force: true });
  const result = {
    exchangeRatio: round(fast.ratio),
    apdus,
    event: { medianMs: round(event.medianMs), p99Ms: round(event.p99Ms) },
    physicalRatio: physical,
  };
  if (values.json) console.log(JSON.stringify(result));
}

function describe({ commands, agentMs, rawMs, ratio }: Awaited<ReturnType<typeof exchanges>>): string {
  return `${commands} APDUs, ${round(agentMs)} ms, C ${round(rawMs)} ms: ${round(ratio)}`;
}

if (values.help) console.log(help);
else await main();
