import { expect, test } from "vitest";
import { PasswordHashes } from "../../../../broker/fallback/password-hashes.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const hashes = new PasswordHashes();

test("the password that was kept is known again, and is not what is kept", async () => {
  const kept = await hashes.hash(bytes("H7KQ3WZ4NDM6XTY"));
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/u);
  expect(kept).not.toContain("H7KQ3");
  expect(await hashes.hash(bytes("H7KQ3WZ4NDM6XTY"))).not.toBe(kept);
  expect(await hashes.verify(bytes("H7KQ3WZ4NDM6XTY"), kept)).toBe(true);
});

test("another one, and one for nobody, are not", async () => {
  const kept = await hashes.hash(bytes("H7KQ3WZ4NDM6XTY"));
  for (const [typed, known] of [
    ["H7KQ3WZ4NDM6XTZ", kept],
    ["", kept],
    ["H7KQ3WZ4NDM6XTY", undefined],
    ["H7KQ3WZ4NDM6XTY", "H7KQ3WZ4NDM6XTY"],
    ["H7KQ3WZ4NDM6XTY", kept.replace("m=19456", "m=8")],
  ] as const)
    expect(await hashes.verify(bytes(typed), known)).toBe(false);
});

test("too many at once are refused, and nobody waits for ever", async () => {
  const tries = Array.from({ length: 60 }, () => hashes.verify(bytes("x"), undefined));
  const outcomes = await Promise.allSettled(tries);
  const refused = outcomes.filter(({ status }) => status === "rejected");
  expect(refused.length).toBe(60 - 34);
});
