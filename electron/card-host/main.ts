import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Reader } from "pcsc-mini";
import { selectDriver } from "../../core/card/select-driver.ts";
import { asFailure, Failure } from "../../core/errors/failure.ts";
import type { Insertion } from "../../core/ports/card-readers.ts";
import { CardSession } from "../../native-bindings/pcsc/card-session.ts";
import { ReaderWatch, type WatchEvent } from "../../native-bindings/pcsc/reader-watch.ts";
import {
  type CardHostAnswer,
  type CardHostCommand,
  type CardHostMessage,
  cardHostRequest,
} from "../../protocol/card-host/messages.ts";
import { cardHostSettings } from "../../protocol/card-host/settings.ts";
import { CardWork } from "./card-work.ts";
import { gunzip } from "./gunzip.ts";
import { KeptObjects } from "./kept-objects.ts";

/**
 * The card host: a process of its own that owns PC/SC, so that native code can crash or hang without taking anything with
 * it. Forked by the agent's process; ends with its channel.
 */
const cards = new Map<Insertion, CardWork>();
const objects = new KeptObjects();
const settings = cardHostSettings.parse(JSON.parse(process.argv[2] ?? "{}"));

function tell(message: CardHostMessage): void {
  // A parent that has just gone: the channel's end is told next, and this process ends with it.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

function onWatchEvent(event: WatchEvent): void {
  switch (event.type) {
    case "condition-changed": {
      const { condition } = event;
      tell({
        type: event.type,
        condition: condition.kind === "ready" ? { ...condition, readers: [...condition.readers] } : condition,
      });
      return;
    }
    case "card-inserted":
      cards.set(event.insertion, new CardWork(sessionOn(event.reader), objects));
      tell({ type: "card-inserted", insertion: event.insertion, reader: event.reader.name() });
      return;
    case "card-removed":
      tell({ type: "card-removed", insertion: event.insertion });
      void cards.get(event.insertion)?.end();
      cards.delete(event.insertion);
      return;
    default:
      event satisfies never;
  }
}

function sessionOn(reader: Reader): CardSession {
  return new CardSession(
    reader,
    transport => selectDriver(transport, { objects, gunzip }),
    !settings.ignorePinPad,
    ms => wait(ms),
  );
}

async function perform(command: CardHostCommand): Promise<CardHostAnswer> {
  const card = cards.get(command.insertion);
  if (card === undefined) throw new Failure("card-removed");
  switch (command.type) {
    case "identify":
      return card.identify();
    case "inspect":
      return card.inspect({ now: () => performance.now() });
    case "presence":
      return card.presence();
    case "pin-state":
      return card.pinState();
    case "sign-with-pin":
      return card.signWithPin(command.pin, command.signingInput);
    case "renew-pin":
      return card.renewPin(command.renewal, command.secret, command.newPin);
    case "sign-presence":
      return card.signPresence(command.signingInput);
    default:
      return command satisfies never;
  }
}

const watch = new ReaderWatch(
  onWatchEvent,
  {
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  },
  randomUUID,
);

process.on("message", async (message: unknown) => {
  const request = cardHostRequest.safeParse(message);
  // Only our own agent speaks here: anything else is a defect, and not answering shows it as a time-out.
  if (!request.success) return;
  const { id, command } = request.data;
  const answer = await perform(command).catch((thrown: unknown): CardHostAnswer => {
    const { code, detail, triesLeft } = asFailure(thrown);
    return {
      type: "failed",
      code,
      ...(detail === undefined ? {} : { detail }),
      ...(triesLeft === undefined ? {} : { triesLeft }),
    };
  });
  tell({ type: "answered", id, answer });
});
process.on("disconnect", () => {
  watch.close();
  process.exit(0);
});
watch.start();
