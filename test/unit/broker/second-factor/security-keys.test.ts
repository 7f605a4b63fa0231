import { expect, test } from "vitest";
import { SecurityKeys } from "../../../../broker/second-factor/security-keys.ts";
import type { KeyFactor } from "../../../../broker/store/second-factor-table.ts";
import { SoftwareKey } from "../../../fakes/software-key.ts";

const origin = "https://wardkey.hospital.example";
const keys = new SecurityKeys(`${origin}/`);
const refused = expect.objectContaining({ code: "second-factor-key-refused" });

async function registered(key: SoftwareKey, at = origin): Promise<KeyFactor> {
  const { challenge } = await keys.registration("Camille AUBERT", []);
  const told = await keys.registered(key.register(at, challenge), challenge);
  return { kind: "security-key", id: "f", holder: "h", name: "n", registeredAt: 0, usedAt: undefined, ...told };
}

test("a key that is registered answers, and its counter goes up", async () => {
  const key = new SoftwareKey();
  const factor = await registered(key);
  expect(factor).toMatchObject({ credential: key.id.toString("base64url"), counter: 0, transports: ["usb"] });
  const { challenge, allowCredentials } = await keys.question([factor]);
  expect(allowCredentials).toMatchObject([{ id: factor.credential }]);
  expect(await keys.answered(key.answer(origin, challenge), challenge, [factor])).toEqual({ key: factor, counter: 1 });
});

test("for a page of another origin, or an older question, it is neither registered nor does it answer", async () => {
  const key = new SoftwareKey();
  await expect(registered(key, "https://wardkey.hospital.example.evil.example")).rejects.toEqual(refused);
  const factor = await registered(key);
  const { challenge } = await keys.question([factor]);
  const evil = key.answer("https://evil.example", challenge);
  await expect(keys.answered(evil, challenge, [factor])).rejects.toEqual(refused);
  const late = key.answer(origin, challenge);
  await expect(keys.answered(late, (await keys.question([factor])).challenge, [factor])).rejects.toEqual(refused);
});

test("another holder's key, one that only says that it is his, a counter that went back, and no sense at all are refused", async () => {
  const [key, other] = [new SoftwareKey(), new SoftwareKey()];
  const factor = await registered(key);
  const { challenge } = await keys.question([factor]);
  await expect(keys.answered(other.answer(origin, challenge), challenge, [factor])).rejects.toEqual(refused);
  const lying = { ...other.answer(origin, challenge), id: factor.credential, rawId: factor.credential };
  await expect(keys.answered(lying, challenge, [factor])).rejects.toEqual(refused);
  const used = { ...factor, counter: 9 };
  await expect(keys.answered(key.answer(origin, challenge), challenge, [used])).rejects.toEqual(refused);
  for (const nonsense of [{}, { id: factor.credential }])
    await expect(keys.answered(nonsense, challenge, [factor])).rejects.toEqual(refused);
  await expect(keys.registered({}, challenge)).rejects.toEqual(refused);
});

test("keys need a domain", async () => {
  for (const numbered of ["http://127.0.0.1:8080", "http://[::1]:8080"]) {
    expect(new SecurityKeys(numbered).possible).toBe(false);
    await expect(new SecurityKeys(numbered).registration("a", [])).rejects.toEqual(
      expect.objectContaining({ code: "request-malformed" }),
    );
  }
  expect(keys.possible).toBe(true);
  expect(new SecurityKeys("http://localhost:8080").possible).toBe(true);
});
