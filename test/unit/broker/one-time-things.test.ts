import { beforeEach, describe, expect, test } from "vitest";
import { ChallengeBook } from "../../../broker/services/challenge-book.ts";
import { LaunchTickets } from "../../../broker/services/launch-tickets.ts";

let now = 0;
const clock = { now: () => now };
const holder = { id: "h", displayName: "H", profession: "P", professionCode: 10 };
const given = (nonce: string) => ({
  challenge: {
    nonce,
    origin: "o",
    brokerKey: "k",
    workstation: "w",
    purpose: "sign-in",
    key: "authentication",
  } as const,
  certificate: new Uint8Array(1),
  holder,
  publicKey: new Uint8Array(1),
  remarks: {},
});

beforeEach(() => {
  now = 1_000_000;
});

describe("a challenge", () => {
  test("is taken once", () => {
    const book = new ChallengeBook(clock);
    book.give(given("n"));
    expect(book.take("n")?.holder).toBe(holder);
    expect(book.take("n")).toBeUndefined();
  });

  test("lives a minute, and no longer", () => {
    const book = new ChallengeBook(clock);
    book.give(given("early"));
    book.give(given("late"));
    now += 60_000;
    expect(book.take("early")).toBeDefined();
    now += 1;
    expect(book.take("late")).toBeUndefined();
  });

  test("that was never given is not there", () => {
    expect(new ChallengeBook(clock).take("n")).toBeUndefined();
  });
});

describe("a launch ticket", () => {
  test("is redeemed once, for what it was issued for", () => {
    const tickets = new LaunchTickets(clock);
    const secret = tickets.issue("seat", "record");
    expect(secret.length).toBeGreaterThan(40);
    expect(tickets.redeem(secret)).toMatchObject({ seat: "seat", application: "record" });
    expect(tickets.redeem(secret)).toBeUndefined();
  });

  test("is no good after a minute, and a guessed one never", () => {
    const tickets = new LaunchTickets(clock);
    const secret = tickets.issue("seat", "record");
    now += 60_001;
    expect(tickets.redeem(secret)).toBeUndefined();
    expect(tickets.redeem("A".repeat(43))).toBeUndefined();
  });
});
