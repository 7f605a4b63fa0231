import { expect, test } from "vitest";
import { drawPassword, groupedPassword } from "../../../core/fallback/temporary-password.ts";
import { PasswordBuffer } from "../../../renderer/workstation/password/password-buffer.ts";

const password = drawPassword(() => 7);
const type = (text: string) => {
  const buffer = new PasswordBuffer();
  for (const sign of text) buffer.push(sign);
  return buffer;
};

test("takes a password however it is typed, shows only how much, and hands it over once", () => {
  const buffer = type(groupedPassword(password).toLowerCase());
  expect(buffer.isWhole).toBe(true);
  expect(buffer.shown(false)).toBe("••••• ••••• •••••");
  expect(buffer.shown(true)).toBe(groupedPassword(password));
  expect(String.fromCharCode(...buffer.take())).toBe(password);
  expect([buffer.length, buffer.take(), buffer.shown(true)]).toEqual([0, [], ""]);
});

test("takes nothing that is in no password, and not one sign too many", () => {
  expect(type("0O1Ilé -").length).toBe(0);
  expect(type(`${password}22`).length).toBe(password.length);
});

test("is not whole while a sign is missing or wrong, and takes signs back", () => {
  const buffer = type(password);
  buffer.pop();
  expect(buffer.isWhole).toBe(false);
  buffer.push(password.endsWith("2") ? "3" : "2");
  expect(buffer.isWhole).toBe(false);
  buffer.wipe();
  buffer.pop();
  expect(buffer.length).toBe(0);
});
