import { expect, test } from "vitest";
import type { CardAccess } from "../../../../core/card/card-access.ts";
import type { CardDriver } from "../../../../core/card/card-driver.ts";
import type { FailureCode } from "../../../../core/errors/catalogue.ts";
import { Failure } from "../../../../core/errors/failure.ts";
import { ChosenAccess } from "../../../../electron/card-host/pkcs11/chosen-access.ts";

/** Notes who was asked and who was let go; shows a certificate, none, or fails. */
function access(name: string, notes: string[], shows: "certificate" | "nothing" | FailureCode): () => CardAccess {
  const work = async <Result>(act: (driver: CardDriver) => Promise<Result>): Promise<Result> => {
    notes.push(name);
    if (shows !== "certificate" && shows !== "nothing") throw new Failure(shows);
    const certificate = shows === "certificate" ? Uint8Array.of(1) : undefined;
    return act({ family: name, readCertificate: async () => certificate } as unknown as CardDriver);
  };
  return () => ({
    repeatable: work,
    once: work,
    hasPinPad: true,
    presented: undefined,
    commands: 0,
    end: async () => {
      notes.push(`${name} ended`);
    },
  });
}

function chosen(notes: string[], before: string, own: string, after: string) {
  const made = (name: string, shows: string) => access(name, notes, shows as FailureCode);
  return new ChosenAccess(async () => ({
    before: [made("before", before)],
    own: made("own", own),
    after: [made("after", after)],
  }));
}

const familyOf = (card: CardAccess) => card.repeatable(async driver => driver.family);

test.each([
  ["a module that comes before", "certificate", "certificate", "certificate", "before", ["before"]],
  ["our own driver", "nothing", "certificate", "certificate", "own", ["before", "before ended", "own"]],
  [
    "our own, of a card without certificate",
    "nothing",
    "nothing",
    "certificate",
    "own",
    ["before", "before ended", "own"],
  ],
  [
    "a module for what is unknown",
    "module-lost",
    "card-unknown",
    "certificate",
    "after",
    ["before", "before ended", "own", "own ended", "after"],
  ],
])("the card goes to %s, and stays there", async (_, before, own, after, family, asked) => {
  const notes: string[] = [];
  const card = chosen(notes, before, own, after);
  expect(card.hasPinPad).toBe(false);
  expect(await familyOf(card)).toBe(family);
  expect(await familyOf(card)).toBe(family);
  expect(card.hasPinPad).toBe(true);
  expect(notes).toEqual([...asked, family, family]);
  await card.end();
  expect(notes.at(-1)).toBe(`${family} ended`);
});

test.each([
  ["nobody knows it", "nothing", "card-unknown", "nothing", "card-unknown"],
  ["a module had trouble", "module-refused", "card-unknown", "module-lost", "module-refused"],
  ["another program has it", "nothing", "card-in-use", "certificate", "card-in-use"],
])("the card goes to none where %s, and everybody lets go", async (_, before, own, after, code) => {
  const notes: string[] = [];
  const card = chosen(notes, before, own, after);
  await expect(familyOf(card)).rejects.toMatchObject({ code });
  const asked = notes.filter(note => !note.endsWith("ended"));
  expect(notes.filter(note => note.endsWith("ended"))).toEqual(asked.map(name => `${name} ended`));
});

test("a card that is gone is offered to nobody", async () => {
  const notes: string[] = [];
  const card = chosen(notes, "certificate", "certificate", "certificate");
  await card.end();
  await expect(familyOf(card)).rejects.toMatchObject({ code: "card-removed" });
  expect(notes).toEqual([]);
});
