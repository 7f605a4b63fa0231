import { expect, test } from "vitest";
import { TypedSecrets } from "../../../../electron/agent/typed-secrets.ts";

test("what was typed is handed over once, and the message's own digits are gone", () => {
  const secrets = new TypedSecrets();
  const message = [49, 50, 51];
  let taken: Uint8Array = new Uint8Array();
  secrets.during([message], () => {
    taken = secrets.take(1)[0];
    expect([...secrets.take(1)[0]]).toEqual([]);
  });
  expect([...taken]).toEqual([49, 50, 51]);
  expect(message).toEqual([0, 0, 0]);
});

test("what nobody took is wiped, and not there for the next", () => {
  const secrets = new TypedSecrets();
  secrets.during([[49], [50]], () => {});
  expect(secrets.take(2).map(secret => [...secret])).toEqual([[], []]);
});

test("also where the act fails", () => {
  const secrets = new TypedSecrets();
  const fail = () => {
    throw new Error("failed");
  };
  expect(() => secrets.during([[49]], fail)).toThrow("failed");
  expect([...secrets.take(1)[0]]).toEqual([]);
});
