import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readSettings } from "../../../../electron/main/workstation-settings.ts";

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "wardkey-settings-"));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

test("without a file everything is as usual", () => {
  expect(readSettings(state)).toMatchObject({ ignorePinPad: false });
});

test("the file decides", () => {
  writeFileSync(join(state, "settings.json"), '{"ignorePinPad":true}');
  expect(readSettings(state)).toMatchObject({ ignorePinPad: true });
});

test.each(["", "{", "[]", '{"ignorePinPad":"yes"}', '{"ignorePinpad":true}'])(
  "%j stops the workstation and says why",
  text => {
    writeFileSync(join(state, "settings.json"), text);
    expect(() => readSettings(state)).toThrow(expect.objectContaining({ code: "settings-malformed" }));
  },
);
