import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { fromHex } from "../../core/bytes/hex.ts";
import { openDemonstrationAuthority } from "../../native-bindings/simulator/authority/demonstration-authority.ts";
import {
  type DemonstrationCard,
  demonstrationCards,
} from "../../native-bindings/simulator/authority/demonstration-cards.ts";
import { warmUp } from "../../native-bindings/simulator/card/card-key.ts";
import { hostileRules } from "../../native-bindings/simulator/card/hostile-card.ts";
import { makeCard, makeHostile } from "../../native-bindings/simulator/make-card.ts";
import { physicalPace } from "../../native-bindings/simulator/physical-pace.ts";
import { VirtualCard } from "../../native-bindings/simulator/virtual-card.ts";

const names = demonstrationCards.map(card => card.id);
const help = `wardkey demo-card [--card NAME] [--port PORT] [--pki DIR] [--pin PIN] [--atr HEX] [--inserted]
  [--hostile HEX | --bits-per-second N --signature-ms N]

A virtual card for a virtual reader (vpcd). NAME is one of ${names.join(", ")}.
PORT is the reader's: 35963 for the first, 35964 for the second. DIR holds the demonstration authority; it is made at
first use. With --hostile the card misbehaves as each of the bytes says: ${hostileRules}.
With a line rate and the time of a signature it takes as long as a physical card. Commands come on standard input, one a line;
each is answered by one line of JSON:
  insert [PORT]   put it into the reader
  remove          take it out
  block           spend all PIN tries
  pull-at verify  leave the reader by itself when asked for this; also: pull-at sign
  status          {"inserted","triesLeft","commands"}: APDUs since the last insertion
  quit
A program that forks this command sends {"type":"command","line":"insert"} instead, and gets {"type":"answer", ...}.`;

/** `wardkey demo-card`: one virtual card in a process of its own. Ends with its input. */
export async function demoCard(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      card: { type: "string", default: "physician" },
      port: { type: "string", default: "35963" },
      pki: { type: "string", default: ".cache/demonstration-pki" },
      pin: { type: "string" },
      atr: { type: "string" },
      hostile: { type: "string" },
      "bits-per-second": { type: "string" },
      "signature-ms": { type: "string", default: "0" },
      inserted: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const description = demonstrationCards.find(card => card.id === values.card);
  const otherAtr = values.atr === undefined ? undefined : fromHex(values.atr);
  const rules = values.hostile === undefined ? undefined : fromHex(values.hostile);
  const isMisspelt =
    (values.atr !== undefined && otherAtr === undefined) || (values.hostile !== undefined && rules === undefined);
  if (description === undefined || isMisspelt) {
    console.error(
      description === undefined
        ? `wardkey: no card “${values.card}”; there are ${names.join(", ")}`
        : "wardkey: --atr and --hostile take hexadecimal bytes",
    );
    return 2;
  }
  const authority = openDemonstrationAuthority(values.pki, Date.now());
  const keys = authority.keysOf(description);
  warmUp(keys.authentication.key, keys.presence.key);
  const personal = { ...description, pin: values.pin ?? description.pin };
  if (rules !== undefined) {
    const { card: chip, atr } = makeHostile(personal, keys, authority.keysOf(strangerTo(description)), rules);
    return serve(new VirtualCard(chip, otherAtr ?? atr), Number(values.port), values.inserted);
  }
  const { card: chip, atr } = makeCard(personal, keys);
  const physical = {
    bitsPerSecond: Number(values["bits-per-second"]),
    signatureMs: Number(values["signature-ms"]),
  };
  const pace = values["bits-per-second"] === undefined ? undefined : physicalPace(chip, physical);
  return serve(new VirtualCard(chip, otherAtr ?? atr, pace), Number(values.port), values.inserted);
}

/** Another card, with a key of the same kind. */
function strangerTo({ id, key }: DemonstrationCard): DemonstrationCard {
  const stranger = demonstrationCards.find(other => other.id !== id && other.key === key && other.fault === "none");
  if (stranger === undefined) throw new Error(`no other card with a key like the one of ${id}`);
  return stranger;
}

async function serve(card: VirtualCard, port: number, inserted: boolean): Promise<number> {
  if (inserted) await card.insert(port);
  // One command after the other, whichever way they come.
  let work = Promise.resolve();
  const ended = Promise.withResolvers<void>();
  const take = (line: string, answer: (fields: object) => void) => {
    if (line.trim() === "quit") return ended.resolve();
    work = work.then(async () =>
      answer(await perform(card, line, port).catch(error => ({ ok: false, problem: String(error.message) }))),
    );
  };
  if (process.send !== undefined) {
    process.on("message", (message: { line?: unknown }) =>
      take(String(message.line), fields => process.send?.({ type: "answer", ...fields })),
    );
    process.on("disconnect", () => ended.resolve());
    process.send({ type: "ready" });
  } else {
    const input = createInterface({ input: process.stdin });
    input.on("line", line => take(line, fields => console.log(JSON.stringify(fields))));
    input.on("close", () => ended.resolve());
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ended.resolve());
  await ended.promise;
  await work;
  await card.remove();
  process.disconnect?.();
  return 0;
}

async function perform(card: VirtualCard, line: string, port: number): Promise<object> {
  const [verb, word] = line.trim().split(/\s+/);
  switch (verb) {
    case "insert":
      await card.insert(word === undefined ? port : Number(word));
      break;
    case "remove":
      await card.remove();
      break;
    case "block":
      card.block();
      break;
    case "pull-at":
      if (word !== "verify" && word !== "sign") return { ok: false, problem: "pull-at verify | sign" };
      card.pullAt(word);
      break;
    case "status":
      break;
    default:
      return { ok: false, problem: `no command “${verb}”` };
  }
  return { ok: true, ...card.status };
}
