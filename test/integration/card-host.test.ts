import { execFileSync, fork } from "node:child_process";
import { createHash, verify, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Failure } from "../../core/errors/failure.ts";
import type { CardReaderEvent, Insertion } from "../../core/ports/card-readers.ts";
import { WardCard } from "../../demo/ward/ward-card.ts";
import { CardHostClient } from "../../electron/main/card-host/card-host-client.ts";
import {
  type DemonstrationAuthority,
  openDemonstrationAuthority,
} from "../../native-bindings/simulator/authority/demonstration-authority.ts";
import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";
import { silentLog } from "../fakes/silent-log.ts";
import { Pcscd, readerPorts } from "./support/pcscd.ts";

// The card host's process with the real pcscd, seen through the port that the agent sees.

const reader = "Virtual PCD 00 00";
const useKey = fileURLToPath(new URL("./support/use-key.ts", import.meta.url));
const input = new TextEncoder().encode("what is to be signed");

let directory: string;
let authority: DemonstrationAuthority;
let pcscd: Pcscd;
let readers: CardHostClient | undefined;
const cards: WardCard[] = [];
const told: CardReaderEvent[] = [];
let onTold = () => {};

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "wardkey-card-host-"));
  authority = openDemonstrationAuthority(join(directory, "pki"), Date.now());
});

beforeEach(async () => {
  pcscd = await Pcscd.start();
});

afterEach(async () => {
  await readers?.close();
  readers = undefined;
  await Promise.all(cards.splice(0).map(card => card.stop()));
  await pcscd.stop();
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function makeCard(id: string): Promise<WardCard> {
  const card = await WardCard.start(id, join(directory, "pki"));
  cards.push(card);
  return card;
}

function openReaders(): CardHostClient {
  told.length = 0;
  const client = new CardHostClient(silentLog);
  readers = client;
  client.subscribe(event => {
    told.push(event);
    onTold();
  });
  return client;
}

/** What `pick` finds first among the events told since `from`. */
async function find<Found>(what: string, from: number, pick: (event: CardReaderEvent) => Found | undefined) {
  const limit = AbortSignal.timeout(20_000);
  for (;;) {
    for (const event of told.slice(from)) {
      const found = pick(event);
      if (found !== undefined) return found;
    }
    await new Promise<void>((resolve, reject) => {
      onTold = resolve;
      limit.onabort = () => reject(new Error(`${what} was not told: ${JSON.stringify(told)}`));
    });
  }
}

const inserted = (from = 0) =>
  find("an insertion", from, event => (event.type === "card-inserted" ? event.insertion : undefined));

const removed = (insertion: Insertion, from = 0) =>
  find("a removal", from, event => (event.type === "card-removed" && event.insertion === insertion) || undefined);

const trouble = (code: string, from: number) =>
  find(
    code,
    from,
    event =>
      (event.type === "condition-changed" && event.condition.kind === "trouble" && event.condition.code === code) ||
      undefined,
  );

const ready = (from: number) =>
  find("ready", from, event => (event.type === "condition-changed" && event.condition.kind === "ready") || undefined);

const pinOf = (id: string) => new TextEncoder().encode(demonstrationCards.find(card => card.id === id)?.pin);

/** The failure of a call that must fail. */
async function failureOf(call: Promise<unknown>): Promise<Failure> {
  return call.then(
    () => {
      throw new Error("it succeeded");
    },
    (failure: Failure) => failure,
  );
}

/** Process identifiers of our direct children that run the card host. */
function cardHosts(): number[] {
  const children = execFileSync("ps", ["-o", "pid=", "--ppid", String(process.pid)], { encoding: "utf8" });
  return children
    .split("\n")
    .map(Number)
    .filter(pid => pid > 0 && commandLineOf(pid).includes("card-host/main.ts"));
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

describe("a card is told, known and signs", () => {
  test("a card that is in already at start is told after the condition", async () => {
    const card = await makeCard("physician");
    await card.insert(readerPorts[0]);
    openReaders();
    await inserted();
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
    openReaders();
    await ready(0);
    expect(told.filter(event => event.type === "card-inserted")).toEqual([]);
  });

  test.each([
    { id: "physician", algorithm: "RS256", presence: "ES256" },
    { id: "nurse", algorithm: "ES256", presence: "ES256" },
  ])("$id: both keys make signatures that their certificates verify", async ({ id, algorithm }) => {
    const client = openReaders();
    const card = await makeCard(id);
    await card.insert(readerPorts[0]);
    const insertion = await inserted();

    const identified = await client.identify(insertion);
    const description = demonstrationCards.find(one => one.id === id);
    if (description === undefined) throw new Error(id);
    const keys = authority.keysOf(description);
    expect(identified).toMatchObject({ family: "piv", algorithm, cardId: `piv:${description.chip}` });
    expect(Buffer.from(identified.certificate).equals(keys.authentication.certificate)).toBe(true);
    expect(await client.pinState(insertion)).toMatchObject({ triesLeft: 3, minimumLength: 6, maximumLength: 8 });

    const pin = pinOf(id);
    const signature = await client.signWithPin(insertion, pin, input);
    expect([...pin]).toEqual([0, 0, 0, 0, 0, 0]);
    const { publicKey } = new X509Certificate(identified.certificate);
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
    const client = openReaders();
    const card = await makeCard("nurse");
    await card.insert(readerPorts[0]);
    const insertion = await inserted();
    await client.identify(insertion);
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
    const client = openReaders();
    const card = await makeCard("nurse");
    await card.insert(readerPorts[0]);
    const insertion = await inserted();
    await client.identify(insertion);
    const nurse = demonstrationCards.find(known => known.id === "nurse");
    const another = (...words: string[]) =>
      execFileSync(process.execPath, [useKey, reader, ...words], { encoding: "utf8" });
    await client.signWithPin(insertion, new TextEncoder().encode(nurse?.pin), input);
    expect(another()).toBe("6982");
    expect(another(nurse?.pin ?? "")).toBe("9000");
    await client.signWithPin(insertion, new TextEncoder().encode(nurse?.pin), input);
    expect(another()).toBe("6982");
  });

  test("the third wrong PIN blocks; then the right one is refused, and no tries are left", async () => {
    const client = openReaders();
    const card = await makeCard("nurse");
    await card.insert(readerPorts[0]);
    const insertion = await inserted();
    await client.identify(insertion);
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
    const client = openReaders();
    const card = await makeCard("nurse");
    await card.insert(readerPorts[0]);
    const insertion = await inserted();
    await client.identify(insertion);
    const pin = new TextEncoder().encode("12ab56");
    expect((await failureOf(client.signWithPin(insertion, pin, input))).code).toBe("pin-malformed");
    expect(pin.every(byte => byte === 0)).toBe(true);
    expect((await card.status()).triesLeft).toBe(3);
  });
});

describe("a card that leaves", () => {
  test("is told removed, and calls for it are refused; the PIN is zeroed without being sent", async () => {
    const client = openReaders();
    const card = await makeCard("nurse");
    await card.insert(readerPorts[0]);
    const insertion = await inserted();
    await client.identify(insertion);
    await card.remove();
    await removed(insertion);
    const pin = pinOf("nurse");
    expect((await failureOf(client.signWithPin(insertion, pin, input))).code).toBe("card-removed");
    expect(pin.every(byte => byte === 0)).toBe(true);
    expect((await failureOf(client.identify(insertion))).code).toBe("card-removed");
  });

  test("and comes back at once is another insertion; the old one stays refused", async () => {
    const client = openReaders();
    const card = await makeCard("nurse");
    await card.insert(readerPorts[0]);
    const first = await inserted();
    await client.identify(first);
    const from = told.length;
    await card.remove();
    await card.insert(readerPorts[0]);
    const second = await inserted(from);
    await removed(first, from);
    expect(second).not.toBe(first);
    expect((await failureOf(client.identify(first))).code).toBe("card-removed");
    expect((await failureOf(client.pinState(first))).code).toBe("card-removed");
    expect((await client.identify(second)).family).toBe("piv");
  });

  test.each(["verify", "sign"] as const)("in the middle of %s: card-removed, and the PIN is zeroed", async moment => {
    const client = openReaders();
    const card = await makeCard("physician");
    await card.insert(readerPorts[0]);
    const insertion = await inserted();
    await client.identify(insertion);
    await card.pullAt(moment);
    const pin = pinOf("physician");
    expect((await failureOf(client.signWithPin(insertion, pin, input))).code).toBe("card-removed");
    expect(pin.every(byte => byte === 0)).toBe(true);
    await removed(insertion);
    const from = told.length;
    await card.insert(readerPorts[0]);
    const next = await inserted(from);
    await client.identify(next);
    expect((await client.signWithPin(next, pinOf("physician"), input)).length).toBe(256);
  });
});

describe("what the card host lives through", () => {
  test("pcscd dies: trouble and removal are told; it comes back: the card is told when it is inserted again", async () => {
    const client = openReaders();
    const card = await makeCard("nurse");
    await card.insert(readerPorts[0]);
    const insertion = await inserted();
    await client.identify(insertion);
    let from = told.length;
    await pcscd.kill();
    await removed(insertion, from);
    await trouble("reader-service-stopped", from);
    expect((await failureOf(client.pinState(insertion))).code).toBe("card-removed");
    from = told.length;
    pcscd = await Pcscd.start();
    await ready(from);
    await card.insert(readerPorts[0]);
    const next = await inserted(from);
    expect(next).not.toBe(insertion);
    await client.identify(next);
    expect((await client.signWithPin(next, pinOf("nurse"), input)).length).toBe(64);
  });

  test("no pcscd at start is trouble, and heals", async () => {
    await pcscd.stop();
    openReaders();
    await trouble("reader-service-stopped", 0);
    const from = told.length;
    pcscd = await Pcscd.start();
    await ready(from);
    const card = await makeCard("nurse");
    await card.insert(readerPorts[0]);
    await inserted(from);
  });

  test("the process is killed: lost and removal are told; another takes over and finds the card", async () => {
    const client = openReaders();
    const card = await makeCard("nurse");
    await card.insert(readerPorts[0]);
    const insertion = await inserted();
    await client.identify(insertion);
    const [host, ...others] = cardHosts();
    if (host === undefined || others.length > 0) throw new Error("not one card host");
    const from = told.length;
    process.kill(host, "SIGKILL");
    const pending = failureOf(client.pinState(insertion));
    await removed(insertion, from);
    await trouble("card-host-lost", from);
    expect(["card-host-lost", "card-removed"]).toContain((await pending).code);
    const next = await inserted(from);
    expect(next).not.toBe(insertion);
    expect(cardHosts()).not.toContain(host);
    expect((await client.identify(next)).family).toBe("piv");
  });

  test("a PIN under way in a process that is killed is zeroed here", async () => {
    const client = openReaders();
    const card = await makeCard("nurse");
    await card.insert(readerPorts[0]);
    const insertion = await inserted();
    await client.identify(insertion);
    const [host] = cardHosts();
    if (host === undefined) throw new Error("no card host");
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
      const card = await makeCard("nurse");
      await card.insert(readerPorts[0]);
      if (how === "exclusively") {
        const holder = holdCard(how, lastingMs);
        await holder.held;
        const client = openReaders();
        return { client, insertion: await inserted(), holder };
      }
      const client = openReaders();
      const insertion = await inserted();
      const holder = holdCard(how, lastingMs);
      await holder.held;
      return { client, insertion, holder };
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
    const client = openReaders();
    await ready(0);
    expect(cardHosts().length).toBe(1);
    await client.close();
    expect(cardHosts()).toEqual([]);
  });
});

/** Another program that keeps the card in the first reader to itself. */
function holdCard(how: "exclusively" | "in a transaction", lastingMs: number) {
  const script = fileURLToPath(new URL("support/hold-card.ts", import.meta.url));
  const child = fork(script, [reader, how, String(lastingMs)]);
  return { held: once(child, "message"), ended: once(child, "exit") };
}
