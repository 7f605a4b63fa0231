import { expect, test } from "vitest";
import type { CardReaderEvent, CardReaders } from "../../../../core/ports/card-readers.ts";
import { onlyReader } from "../../../../electron/main/only-reader.ts";

const here = "Virtual PCD 00 00";
const there = "Virtual PCD 00 01";

function setUp(name: string) {
  let tell: (event: CardReaderEvent) => void = () => {};
  const calls: string[] = [];
  const note = (call: string) => async (insertion: string) => {
    calls.push(`${call} ${insertion}`);
    return new Uint8Array() as never;
  };
  const readers: CardReaders = {
    subscribe(listener) {
      tell = listener;
      return () => calls.push("stopped");
    },
    identify: note("identify"),
    presence: note("presence"),
    pinState: note("pin-state"),
    signWithPin: note("sign-with-pin"),
    renewPin: note("renew-pin"),
    signPresence: note("sign-presence"),
    async close() {
      calls.push("closed");
    },
  };
  const heard: CardReaderEvent[] = [];
  const only = onlyReader(readers, name);
  const stop = only.subscribe(event => heard.push(event));
  return { only, heard, calls, stop, tell: (event: CardReaderEvent) => tell(event) };
}

const ready = (readers: string[]): CardReaderEvent => ({
  type: "condition-changed",
  condition: { kind: "ready", readers },
});

test("of two readers only this workstation's is told", () => {
  const { heard, tell } = setUp(here);
  tell(ready([here, there]));
  tell({ type: "card-inserted", insertion: "1", reader: there });
  tell({ type: "card-inserted", insertion: "2", reader: here });
  tell({ type: "card-removed", insertion: "1" });
  tell({ type: "card-removed", insertion: "2" });
  expect(heard).toEqual([
    ready([here]),
    { type: "card-inserted", insertion: "2", reader: here },
    { type: "card-removed", insertion: "2" },
  ]);
});

test("where only other readers are there, this workstation has none", () => {
  const { heard, tell } = setUp(here);
  tell(ready([there]));
  tell({ type: "condition-changed", condition: { kind: "trouble", code: "card-host-lost" } });
  expect(heard).toEqual([
    { type: "condition-changed", condition: { kind: "no-reader" } },
    { type: "condition-changed", condition: { kind: "trouble", code: "card-host-lost" } },
  ]);
});

test("a removal is told once", () => {
  const { heard, tell } = setUp(here);
  tell({ type: "card-inserted", insertion: "2", reader: here });
  tell({ type: "card-removed", insertion: "2" });
  tell({ type: "card-removed", insertion: "2" });
  expect(heard).toHaveLength(2);
});

test("what is asked goes through", async () => {
  const { only, calls, stop } = setUp(here);
  await only.identify("1");
  await only.presence("1");
  await only.pinState("1");
  await only.signWithPin("1", new Uint8Array(), new Uint8Array());
  await only.signPresence("1", new Uint8Array());
  stop();
  await only.close();
  expect(calls).toEqual([
    "identify 1",
    "presence 1",
    "pin-state 1",
    "sign-with-pin 1",
    "sign-presence 1",
    "stopped",
    "closed",
  ]);
});
