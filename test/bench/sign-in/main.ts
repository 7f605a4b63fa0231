import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { SeatApplications } from "../../../core/ports/screen.ts";
import { ensurePcscService, firstReaderPort, readerNames } from "../../../demo/ward/pcsc-service.ts";
import { WardCard } from "../../../demo/ward/ward-card.ts";
import { type Agent, startAgent } from "../../../electron/agent/agent.ts";
import { BrokerClient } from "../../../electron/main/broker/broker-client.ts";
import { CardHostClient } from "../../../electron/main/card-host/card-host-client.ts";
import { demonstrationCards } from "../../../native-bindings/simulator/authority/demonstration-cards.ts";
import type { View } from "../../../protocol/window/view.ts";
import { silentLog, TestBroker } from "../../integration/support/test-broker.ts";
import { buildClient } from "../build-client.ts";
import { median, round } from "../quantile.ts";
import { agentsCommands, runRawCard, shortCommands } from "./raw-card.ts";

const help = `npm run bench -- sign-in [--runs N] [--json]

A whole sign-in of the agent (card, broker on loopback, session, trail) against a C client on the same card, in turn: once with the
short APDUs that any reader can do, once with the very APDUs of the agent. Prints medians, and ratios run by run.`;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "21" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const noApplications: SeatApplications = {
  open: async () => {},
  show: async () => {},
  cover() {},
  uncover() {},
  wipe: async () => {},
  onClosed() {},
};

function screen<Name extends View["screen"]["name"]>(
  agent: Agent,
  name: Name,
): Promise<Extract<View["screen"], { name: Name }>> {
  return new Promise(resolve => {
    const stop = agent.subscribe(() => {
      const { screen: shown } = agent.view();
      if (shown.name !== name) return;
      queueMicrotask(() => stop());
      resolve(shown as Extract<View["screen"], { name: Name }>);
    });
  });
}

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "wardkey-bench-"));
  const physician = demonstrationCards[0];
  if (physician === undefined) throw new Error("no card");
  const program = buildClient(join(import.meta.dirname, "raw-card.c"));
  const pcsc = await ensurePcscService();
  const house = await TestBroker.start();
  const card = await WardCard.start(physician.id, join(house.directory, "pki"));
  const reader = readerNames[0];
  const readers = new CardHostClient(silentLog);
  const broker = new BrokerClient(await house.enrol("A"));
  const agent = startAgent({
    readers,
    broker,
    applications: noApplications,
    clock: { now: () => Date.now() },
    monotonic: { now: () => performance.now() },
    timers: {
      after(ms, act) {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
    },
    uuid: randomUUID,
    sha256: bytes => createHash("sha256").update(bytes).digest(),
    log: silentLog,
  });
  const stages: Record<string, number[]> = {};
  agent.onStage(({ stage, ms }) => {
    stages[stage] = [...(stages[stage] ?? []), ms];
  });

  const same: number[] = [];
  const inShort: number[] = [];
  for (let run = 0; run < Number(values.runs) + 2; run += 1) {
    await card.insert(firstReaderPort);
    const asked = await screen(agent, "pin");
    agent.intend({
      type: "submit-pin",
      question: asked.question,
      pin: [...physician.pin].map(digit => digit.charCodeAt(0)),
    });
    await screen(agent, "portal");
    agent.intend({ type: "end-session" });
    await screen(agent, "cover");
    same.push(await runRawCard(program, reader, agentsCommands(physician.pin)));
    inShort.push(await runRawCard(program, reader, shortCommands(physician.pin)));
    await card.remove();
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  await agent.close();
  await readers.close();
  await broker.close();
  await card.stop();
  await house.close();
  await pcsc.stop();
  rmSync(directory, { recursive: true, force: true });

  // The first two runs warm up.
  const toPin = (stages["insertion-to-pin-ready"] ?? []).slice(2);
  const toPortal = (stages["pin-to-portal"] ?? []).slice(2);
  const whole = toPin.map((ms, index) => ms + (toPortal[index] ?? 0));
  const over = (times: readonly number[], raw: readonly number[]) =>
    round(median(times.map((ms, index) => ms / (raw[index + 2] ?? Number.NaN))));
  const result = {
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
  if (values.json) console.log(JSON.stringify(result));
  else for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(24)}${value}`);
}

if (values.help) console.log(help);
else await main();
