import { randomUUID } from "node:crypto";
import type { Reader } from "pcsc-mini";
import type { CardAccess } from "../../core/card/card-access.ts";
import { selectDriver } from "../../core/card/select-driver.ts";
import { Failure } from "../../core/errors/failure.ts";
import type { Insertion } from "../../core/ports/card-readers.ts";
import type { Timers } from "../../core/ports/timers.ts";
import { CardSession } from "../../native-bindings/pcsc/card-session.ts";
import { readAtr } from "../../native-bindings/pcsc/read-atr.ts";
import { ReaderWatch, type WatchEvent } from "../../native-bindings/pcsc/reader-watch.ts";
import { resetCard } from "../../native-bindings/pcsc/reset-card.ts";
import { namesakesOf } from "../../native-bindings/pkcs11/fits-reader.ts";
import {
  type CardHostAnswer,
  type CardHostCommand,
  type CardHostMessage,
  cardHostRequest,
} from "../../protocol/card-host/messages.ts";
import { cardHostSettings, type Pkcs11ModuleSettings } from "../../protocol/card-host/settings.ts";
import { CardFaces } from "./card-faces.ts";
import { CardWork } from "./card-work.ts";
import { failedAnswer } from "./failed-answer.ts";
import { gunzip } from "./gunzip.ts";
import { KeptObjects } from "./kept-objects.ts";
import { ChosenAccess } from "./pkcs11/chosen-access.ts";
import { ModuleAccess } from "./pkcs11/module-access.ts";
import { moduleOrder } from "./pkcs11/module-order.ts";

/**
 * The card host: a process of its own that owns PC/SC, so that native code can crash or hang without taking anything with
 * it. Forked by the agent's process; ends with its channel.
 */
const cards = new Map<Insertion, CardWork>();
const readerOf = new Map<Insertion, string>();
const objects = new KeptObjects({ now: () => Date.now() });
const timers: Timers = {
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
const faces = new CardFaces({
  inserted: insertion => tell({ type: "card-inserted", insertion, reader: readerOf.get(insertion) ?? "" }),
  removed: insertion => tell({ type: "card-removed", insertion }),
});
const settings = cardHostSettings.parse(JSON.parse(process.argv[2] ?? "{}"));

function tell(message: CardHostMessage, told = () => {}): void {
  // A parent that has just gone: the channel's end is told next, and this process ends with it.
  if (process.connected) process.send?.(message, undefined, undefined, told);
}

function onWatchEvent(event: WatchEvent): void {
  switch (event.type) {
    case "condition-changed": {
      const { condition } = event;
      // What a service that went away leaves open here, a new process has not. No card is told now: the moment to begin anew.
      const isOver = condition.kind === "trouble" && watch.hasLeftover;
      tell(
        {
          type: event.type,
          condition: condition.kind === "ready" ? { ...condition, readers: [...condition.readers] } : condition,
        },
        isOver ? () => process.exit(0) : undefined,
      );
      return;
    }
    case "card-inserted": {
      const { insertion, reader } = event;
      const access = accessTo(event);
      const work = new CardWork(access, objects);
      cards.set(insertion, work);
      readerOf.set(insertion, reader.name());
      const atr = () => (access instanceof CardSession ? access.answerToReset() : readAtr(reader));
      faces.inserted({ insertion, chip: () => work.face(atr) });
      if (access instanceof CardSession) void access.connect();
      return;
    }
    case "card-removed":
      faces.removed(event.insertion);
      readerOf.delete(event.insertion);
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
    timers,
  );
}

/** Where the settings name no modules, nothing but our own drivers. */
function accessTo({ reader, readers }: Extract<WatchEvent, { type: "card-inserted" }>): CardAccess {
  const modules = settings.pkcs11Modules;
  if (modules.length === 0) return sessionOn(reader);
  const name = reader.name();
  const byModule = (module: Pkcs11ModuleSettings) => () =>
    new ModuleAccess(module, {
      reader: name,
      usePinPad: !settings.ignorePinPad,
      proof: namesakesOf(name, readers).length === 0 ? undefined : () => certificateOn(reader),
      reset: () => resetCard(reader),
    });
  return new ChosenAccess(async () => {
    const atr = modules.some(({ atrs }) => atrs.length > 0) ? await readAtr(reader) : new Uint8Array();
    const { before, after } = moduleOrder(modules, atr, name);
    return { before: before.map(byModule), own: () => sessionOn(reader), after: after.map(byModule) };
  });
}

/** What our own driver reads of the card, if it knows it. */
async function certificateOn(reader: Reader): Promise<Uint8Array | undefined> {
  const session = sessionOn(reader);
  try {
    return await session.repeatable(driver => driver.readCertificate("authentication"));
  } finally {
    await session.end();
  }
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

const watch = new ReaderWatch(onWatchEvent, timers, randomUUID);

process.on("message", async (message: unknown) => {
  const request = cardHostRequest.safeParse(message);
  // Only our own agent speaks here: anything else is a defect, and not answering shows it as a time-out.
  if (!request.success) return;
  const { id, command } = request.data;
  tell({ type: "answered", id, answer: await perform(command).catch(failedAnswer) });
});
process.on("disconnect", () => {
  watch.close();
  // A module's process that hangs would not see that this one has ended: it is killed before the first await.
  for (const card of cards.values()) void card.end();
  process.exit(0);
});
watch.start();
