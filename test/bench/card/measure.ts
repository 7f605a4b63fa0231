import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { toHex } from "../../../core/bytes/hex.ts";
import { readerNames } from "../../../demo/ward/pcsc-service.ts";
import { WardCard } from "../../../demo/ward/ward-card.ts";
import type { CardHostClient } from "../../../electron/main/card-host/card-host-client.ts";
import type { DemonstrationAuthority } from "../../../native-bindings/simulator/authority/demonstration-authority.ts";
import {
  type DemonstrationCard,
  demonstrationCards,
} from "../../../native-bindings/simulator/authority/demonstration-cards.ts";
import { lineMs, type PhysicalCard } from "../../../native-bindings/simulator/physical-pace.ts";
import { readerPorts } from "../../integration/support/pcscd.ts";
import { signInAndReturn } from "../../integration/support/sign-in-and-return.ts";
import { ToldReaders } from "../../integration/support/told-readers.ts";
import { median, quantile } from "../quantile.ts";
import { runRawCard } from "../sign-in/raw-card.ts";
import { type Exchange, recordSignIn } from "./recorded-sign-in.ts";

const [port] = readerPorts;
const [reader] = readerNames;
/** As long as the signing input of a proof, which carries a certificate. */
const message = new TextEncoder().encode("x".repeat(2_500));
const connectedMs = 60;

export interface Bench {
  readonly pki: string;
  readonly authority: DemonstrationAuthority;
}

function described(id: string): DemonstrationCard {
  const found = demonstrationCards.find(card => card.id === id);
  if (found === undefined) throw new Error(`no card ${id}`);
  return found;
}

/** Milliseconds of a whole sign-in with the card, as the agent asks for it. */
async function signIn(client: CardHostClient, insertion: string, pin: string): Promise<number> {
  const startedAt = performance.now();
  await client.identify(insertion);
  await client.pinState(insertion);
  await client.signWithPin(insertion, new TextEncoder().encode(pin), message);
  return performance.now() - startedAt;
}

/** The card goes and pcscd has seen it. */
async function takeOut(card: WardCard): Promise<void> {
  await card.remove();
  await wait(500);
}

/**
 * The agent's exchange with a card it knows, by the card host's process, and a C client's that sends the very same APDUs; in
 * turn, in one insertion. Both are connected before the clock starts.
 */
export async function exchanges({ pki, authority }: Bench, program: string, runs: number, physical?: PhysicalCard) {
  const description = described("physician");
  const { known } = await recordSignIn(description, authority.keysOf(description), message);
  const commands = known.map(({ command }) => toHex(command)).join(" ");
  const pace =
    physical === undefined
      ? []
      : ["--bits-per-second", String(physical.bitsPerSecond), "--signature-ms", String(physical.signatureMs)];
  const card = await WardCard.start(description.id, pki, undefined, pace);
  const readers = new ToldReaders();
  const agent: number[] = [];
  const raw: number[] = [];
  // The first two runs warm up, and make the card known.
  for (let run = 0; run < runs + 2; run += 1) {
    await card.insert(port);
    const insertion = await readers.insertion();
    await wait(connectedMs);
    if (run % 2 === 0) raw.push(await runRawCard(program, reader, commands));
    agent.push(await signIn(readers.client, insertion, description.pin));
    if (run % 2 === 1) raw.push(await runRawCard(program, reader, commands));
    await takeOut(card);
  }
  await readers.close();
  await card.stop();
  return {
    commands: known.length,
    agentMs: median(agent.slice(2)),
    rawMs: median(raw.slice(2)),
    ratio: median(agent.map((ms, run) => ms / (raw[run] ?? Number.NaN)).slice(2)),
  };
}

/** APDUs of a first sign-in and of a return, for every card that there is a driver for. */
export async function commandsOfEveryCard({ pki }: Bench) {
  const counts: Record<string, { first: number; return: number }> = {};
  for (const description of demonstrationCards.filter(
    ({ fault, kind, id }) => fault === "none" && kind !== "cps3-contactless" && id !== "nurse",
  )) {
    const card = await WardCard.start(description.id, pki);
    const readers = new ToldReaders();
    const { first, back } = await signInAndReturn(card, description, readers, port, message);
    counts[description.id] = { first, return: back };
    await readers.close();
    await card.stop();
    await wait(500);
  }
  return counts;
}

interface Seen {
  readonly at: bigint;
  readonly present: boolean;
}

/** How much later the agent hears of a card's coming and going than a C client that waits for the same reader. */
export async function events({ pki }: Bench, program: string, insertions: number) {
  const watcher: ChildProcess = spawn(program, [reader], { stdio: ["ignore", "pipe", "inherit"] });
  if (watcher.stdout === null) throw new Error("no watcher");
  const lines = createInterface({ input: watcher.stdout });
  await once(lines, "line");
  const theirs: Seen[] = [];
  lines.on("line", line => {
    const [at = "0", present] = line.split(" ");
    theirs.push({ at: BigInt(at), present: present === "1" });
  });
  const card = await WardCard.start("nurse", pki);
  const readers = new ToldReaders();
  const ours: Seen[] = [];
  readers.client.subscribe(event => {
    if (event.type !== "condition-changed")
      ours.push({ at: process.hrtime.bigint(), present: event.type === "card-inserted" });
  });
  for (let run = 0; run < insertions; run += 1) {
    await card.insert(port);
    await wait(450 + Math.random() * 400);
    await card.remove();
    await wait(450 + Math.random() * 400);
  }
  await readers.close();
  await card.stop();
  const ended = once(watcher, "exit");
  watcher.kill();
  await ended;
  // The first of each kind warm up.
  const laterMs = matched(ours, theirs).slice(4);
  const missed = theirs.length - 4 - laterMs.length;
  return { count: laterMs.length, missed, medianMs: median(laterMs), p99Ms: quantile(laterMs, 0.99) };
}

/**
 * Milliseconds from each of their events to ours of the same kind, before their next of that kind. A card that came and left while
 * one of the two did not get to run leaves the other's two events without a partner.
 */
function matched(ours: readonly Seen[], theirs: readonly Seen[]): number[] {
  const later: number[] = [];
  let from = 0;
  for (const [index, { at, present }] of theirs.entries()) {
    const next = theirs.slice(index + 1).find(one => one.present === present);
    const until = (next?.at ?? at + BigInt(1e9)) - BigInt(2e8);
    const found = ours.findIndex((one, place) => place >= from && one.present === present && one.at < until);
    if (found === -1) continue;
    later.push(Number((ours[found]?.at ?? at) - at) / 1e6);
    from = found + 1;
  }
  return later;
}

/**
 * A first sign-in with a card as slow as a physical one, against the time that its line needs for the bytes of that exchange and its
 * chip for the signature; and against the least that any sign-in needs, SELECT, certificate, VERIFY and signature alone. The
 * host is warm, and has not seen the chip.
 */
export async function physicalRatio({ pki, authority }: Bench, physical: PhysicalCard, runs: number) {
  const description = described("physician");
  const { first } = await recordSignIn(description, authority.keysOf(description), message);
  const timeOf = (exchanges: readonly Exchange[]) => lineMs(bytesOf(exchanges), physical) + physical.signatureMs;
  const [physicalMs, leastMs] = [timeOf(first), timeOf(indispensable(first))];
  const words = ["--bits-per-second", String(physical.bitsPerSecond), "--signature-ms", String(physical.signatureMs)];
  const card = await WardCard.start(description.id, pki, undefined, words);
  const another = described("unknown-authority");
  const warming = await WardCard.start(another.id, pki);
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const readers = new ToldReaders();
    for (let warm = 0; warm < 5; warm += 1) {
      await warming.insert(port);
      await signIn(readers.client, await readers.insertion(), another.pin);
      await takeOut(warming);
    }
    await card.insert(port);
    const insertion = await readers.insertion();
    times.push(await signIn(readers.client, insertion, description.pin));
    await readers.close();
    await takeOut(card);
  }
  await card.stop();
  await warming.stop();
  const signInMs = median(times);
  return { physicalMs, signInMs, ratio: signInMs / physicalMs, ratioToLeast: signInMs / leastMs };
}

/** Both ways. */
function bytesOf(exchanges: readonly Exchange[]): number {
  return exchanges.reduce((sum, { command, answer }) => sum + command.length + answer.length, 0);
}

/** What no PIV sign-in can do without: one SELECT, the certificate (the longest answer), VERIFY, the signature. */
function indispensable(exchanges: readonly Exchange[]): Exchange[] {
  const select = exchanges.find(({ command }) => command[1] === 0xa4);
  const [certificate] = exchanges
    .filter(({ command }) => command[1] === 0xcb)
    .sort((one, other) => bytesOf([other]) - bytesOf([one]));
  return [select, certificate, ...exchanges.slice(-2)].filter(one => one !== undefined);
}
