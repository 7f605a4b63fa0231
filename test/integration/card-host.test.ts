import { execFileSync, fork } from "node:child_process";
import { createHash, verify, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Failure } from "../../core/errors/failure.ts";
import type { CardReaderEvent, ReaderCondition } from "../../core/ports/card-readers.ts";
import { cardHostProcess, cardHostProcesses } from "./support/card-host-process.ts";
import { CardHouse, describedCard } from "./support/card-house.ts";
import { type Pcscd, readerPorts } from "./support/pcscd.ts";

// The card host's process with the real pcscd, seen through the port that the agent sees.

const reader = "Virtual PCD 00 00";
const useKey = fileURLToPath(new URL("./support/use-key.ts", import.meta.url));
const input = new TextEncoder().encode("what is to be signed");

let house: CardHouse;
let pcscd: Pcscd;

beforeAll(() => {
  house = new CardHouse();
});

beforeEach(async () => {
  pcscd = await house.startPcscd();
});

afterEach(() => house.clear());

afterAll(() => house.removeFiles());

const trouble = (code: string) => (condition: ReaderCondition) =>
  condition.kind === "trouble" && condition.code === code;

const ready = (condition: ReaderCondition) => condition.kind === "ready";

const pinOf = (id: string) => new TextEncoder().encode(describedCard(id).pin);

/** A card put into the first reader under the card host's eyes, and read. */
async function identified(id: string) {
  const readers = house.openReaders();
  const card = await house.insert(id);
  const insertion = await readers.insertion();
  await readers.client.identify(insertion);
  return { readers, client: readers.client, card, insertion };
}

/** The failure of a call that must fail. */
async function failureOf(call: Promise<unknown>): Promise<Failure> {
  return call.then(
    () => {
      throw new Error("it succeeded");
    },
    (failure: Failure) => failure,
  );
}

describe("a card is told, known and signs", () => {
  test("a card that is in already at start is told after the condition", async () => {
    await house.insert("physician");
    const readers = house.openReaders();
    const told: CardReaderEvent[] = [];
    readers.client.subscribe(event => told.push(event));
    await readers.insertion();
    const isReady = (event: CardReaderEvent) =>
      event.type === "condition-changed" &&
      event.condition.kind === "ready" &&
      event.condition.readers.includes(reader);
    const at = told.findIndex(event => event.type === "card-inserted");
    expect(told[at]).toMatchObject({ reader });
    expect(told[0]?.type).toBe("condition-changed");
    expect(told.slice(0, at).some(isReady)).toBe(true);
  });

  test("nothing is told inserted where no card is in", async () => {
    const readers = house.openReaders();
    await readers.condition(ready);
    expect(readers.insertions).toBe(0);
  });

  test.each([
    { id: "physician", algorithm: "RS256", presence: "ES256" },
    { id: "nurse", algorithm: "ES256", presence: "ES256" },
  ])("$id: both keys make signatures that their certificates verify", async ({ id, algorithm }) => {
    const readers = house.openReaders();
    const { client } = readers;
    await house.insert(id);
    const insertion = await readers.insertion();

    const shownCard = await client.identify(insertion);
    expect(shownCard).toMatchObject({ family: "piv", algorithm, cardId: `piv:${describedCard(id).chip}` });
    expect(Buffer.from(shownCard.certificate).equals(house.certificateOf(id).raw)).toBe(true);
    expect(await client.pinState(insertion)).toMatchObject({ triesLeft: 3, minimumLength: 6, maximumLength: 8 });

    const pin = pinOf(id);
    const signature = await client.signWithPin(insertion, pin, input);
    expect([...pin]).toEqual([0, 0, 0, 0, 0, 0]);
    const { publicKey } = new X509Certificate(shownCard.certificate);
    const key = algorithm === "RS256" ? publicKey : ({ key: publicKey, dsaEncoding: "ieee-p1363" } as const);
    expect(verify("sha256", input, key, signature)).toBe(true);
    expect(verify("sha256", new TextEncoder().encode("else"), key, signature)).toBe(false);

    const presence = await client.presence(insertion);
    if (presence === undefined) throw new Error("no presence key");
    const shown = await client.signPresence(insertion, input);
    const presenceKey = {
      key: new X509Certificate(presence.certificate).publicKey,
      dsaEncoding: "ieee-p1363",
    } as const;
    expect(verify("sha256", input, presenceKey, shown)).toBe(true);
    expect(createHash("sha256").update(shown).digest("hex")).not.toBe(
      createHash("sha256").update(signature).digest("hex"),
    );
  });

  test("a wrong PIN says how many tries are left, is not sent twice, and is zeroed", async () => {
    const { client, card, insertion } = await identified("nurse");
    const pin = new TextEncoder().encode("000000");
    const failure = await failureOf(client.signWithPin(insertion, pin, input));
    expect(failure).toMatchObject({ code: "pin-wrong", triesLeft: 2 });
    expect(pin.every(byte => byte === 0)).toBe(true);
    expect((await card.status()).triesLeft).toBe(2);
    expect(await client.pinState(insertion)).toMatchObject({ triesLeft: 2 });
    await client.signWithPin(insertion, pinOf("nurse"), input);
    expect((await card.status()).triesLeft).toBe(3);
    // The PIN has been taken back: the card tells its counter again.
    expect(await client.pinState(insertion)).toMatchObject({ triesLeft: 3 });
  });

  test("after us, nobody: another program cannot use the key with our PIN, though it could with its own", async () => {
    const { client, insertion } = await identified("nurse");
    const nurse = describedCard("nurse");
    const another = (...words: string[]) =>
      execFileSync(process.execPath, [useKey, reader, ...words], { encoding: "utf8" });
    await client.signWithPin(insertion, pinOf("nurse"), input);
    expect(another()).toBe("6982");
    expect(another(nurse.pin)).toBe("9000");
    await client.signWithPin(insertion, pinOf("nurse"), input);
    expect(another()).toBe("6982");
  });

  test("the third wrong PIN blocks; then the right one is refused, and no tries are left", async () => {
    const { client, insertion } = await identified("nurse");
    const wrong = () => failureOf(client.signWithPin(insertion, new TextEncoder().encode("000000"), input));
    expect([(await wrong()).code, (await wrong()).code, (await wrong()).code]).toEqual([
      "pin-wrong",
      "pin-wrong",
      "pin-blocked",
    ]);
    expect((await failureOf(client.signWithPin(insertion, pinOf("nurse"), input))).code).toBe("pin-blocked");
    expect(await client.pinState(insertion)).toMatchObject({ triesLeft: 0 });
  });

  test("a PIN that cannot be one costs no try, and is zeroed", async () => {
    const { client, card, insertion } = await identified("nurse");
    const pin = new TextEncoder().encode("12ab56");
    expect((await failureOf(client.signWithPin(insertion, pin, input))).code).toBe("pin-malformed");
    expect(pin.every(byte => byte === 0)).toBe(true);
    expect((await card.status()).triesLeft).toBe(3);
  });
});

describe("a card that leaves", () => {
  test("is told removed, and calls for it are refused; the PIN is zeroed without being sent", async () => {
    const { readers, client, card, insertion } = await identified("nurse");
    await card.remove();
    await readers.removal(insertion);
    const pin = pinOf("nurse");
    expect((await failureOf(client.signWithPin(insertion, pin, input))).code).toBe("card-removed");
    expect(pin.every(byte => byte === 0)).toBe(true);
    expect((await failureOf(client.identify(insertion))).code).toBe("card-removed");
  });

  test("and comes back at once is another insertion; the old one stays refused", async () => {
    const { readers, client, card, insertion: first } = await identified("nurse");
    await card.remove();
    await card.insert(readerPorts[0]);
    const second = await readers.insertion();
    await readers.removal(first);
    expect(second).not.toBe(first);
    expect((await failureOf(client.identify(first))).code).toBe("card-removed");
    expect((await failureOf(client.pinState(first))).code).toBe("card-removed");
    expect((await client.identify(second)).family).toBe("piv");
  });

  test.each(["verify", "sign"] as const)("in the middle of %s: card-removed, and the PIN is zeroed", async moment => {
    const { readers, client, card, insertion } = await identified("physician");
    await card.pullAt(moment);
    const pin = pinOf("physician");
    expect((await failureOf(client.signWithPin(insertion, pin, input))).code).toBe("card-removed");
    expect(pin.every(byte => byte === 0)).toBe(true);
    await readers.removal(insertion);
    await card.insert(readerPorts[0]);
    const next = await readers.insertion();
    await client.identify(next);
    expect((await client.signWithPin(next, pinOf("physician"), input)).length).toBe(256);
  });
});

describe("what the card host lives through", () => {
  test("pcscd dies: trouble and removal are told; it comes back: the card is told when it is inserted again", async () => {
    const { readers, client, card, insertion } = await identified("nurse");
    await pcscd.kill();
    await readers.removal(insertion);
    await readers.condition(trouble("reader-service-stopped"));
    expect((await failureOf(client.pinState(insertion))).code).toBe("card-removed");
    await house.startPcscd();
    await readers.condition(ready);
    await card.insert(readerPorts[0]);
    const next = await readers.insertion();
    expect(next).not.toBe(insertion);
    await client.identify(next);
    expect((await client.signWithPin(next, pinOf("nurse"), input)).length).toBe(64);
  });

  test("no pcscd at start is trouble, and heals", async () => {
    await pcscd.stop();
    const readers = house.openReaders();
    await readers.condition(trouble("reader-service-stopped"));
    await house.startPcscd();
    await readers.condition(ready);
    await house.insert("nurse");
    await readers.insertion();
  });

  test("the process is killed: lost and removal are told; another takes over and finds the card", async () => {
    const { readers, client, insertion } = await identified("nurse");
    const host = cardHostProcess();
    process.kill(host, "SIGKILL");
    const pending = failureOf(client.pinState(insertion));
    await readers.removal(insertion);
    await readers.condition(trouble("card-host-lost"));
    expect(["card-host-lost", "card-removed"]).toContain((await pending).code);
    const next = await readers.insertion();
    expect(next).not.toBe(insertion);
    expect(cardHostProcesses()).not.toContain(host);
    expect((await client.identify(next)).family).toBe("piv");
  });

  test("a PIN under way in a process that is killed is zeroed here", async () => {
    const { client, insertion } = await identified("nurse");
    const host = cardHostProcess();
    process.kill(host, "SIGSTOP");
    const pin = pinOf("nurse");
    const pending = failureOf(client.signWithPin(insertion, pin, input));
    process.kill(host, "SIGKILL");
    expect((await pending).code).toBe("card-host-lost");
    expect(pin.every(byte => byte === 0)).toBe(true);
  });

  // By a connection of its own it holds the card only where it came first; by a transaction, at any time.
  describe.each(["exclusively", "in a transaction"] as const)("a program that holds the card %s", how => {
    async function beside(lastingMs: number) {
      await house.insert("nurse");
      if (how === "exclusively") {
        const holder = holdCard(how, lastingMs);
        await holder.held;
        return { ...(await house.look()), holder };
      }
      const seen = await house.look();
      const holder = holdCard(how, lastingMs);
      await holder.held;
      return { ...seen, holder };
    }

    test("for long: card-in-use; once it lets go the card works", async () => {
      const { client, insertion, holder } = await beside(5_500);
      expect((await failureOf(client.identify(insertion))).code).toBe("card-in-use");
      await holder.ended;
      expect((await client.identify(insertion)).family).toBe("piv");
      expect((await client.signWithPin(insertion, pinOf("nurse"), input)).length).toBe(64);
    });

    test("for a moment is waited for", async () => {
      const { client, insertion, holder } = await beside(700);
      expect((await client.identify(insertion)).family).toBe("piv");
      await holder.ended;
    });
  });

  test("it ends when it is closed", async () => {
    const readers = house.openReaders();
    await readers.condition(ready);
    expect(cardHostProcesses().length).toBe(1);
    await readers.close();
    expect(cardHostProcesses()).toEqual([]);
  });
});

/** Another program that keeps the card in the first reader to itself. */
function holdCard(how: "exclusively" | "in a transaction", lastingMs: number) {
  const script = fileURLToPath(new URL("support/hold-card.ts", import.meta.url));
  const child = fork(script, [reader, how, String(lastingMs)]);
  return { held: once(child, "message"), ended: once(child, "exit") };
}
