import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HouseSecrets, withoutSecrets } from "../../../../broker/house/house-secrets.ts";
import { applicationOf } from "./house-parts.ts";

let folder: string;
let secrets: HouseSecrets;
const lab = applicationOf("lab");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-secrets-"));
  secrets = new HouseSecrets(join(folder, "key"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the secrets of the console's applications", () => {
  test("are opened as they were, and sealed otherwise each time", () => {
    const sealed = secrets.seal(lab);
    expect(JSON.stringify(sealed)).not.toContain(lab.client.clientSecret);
    expect(sealed.client.clientSecret).not.toBe(secrets.seal(lab).client.clientSecret);
    expect(new HouseSecrets(join(folder, "key")).open(sealed)).toEqual(lab);
    expect(statSync(join(folder, "key")).mode & 0o777).toBe(0o600);
  });

  test.each([
    ["of another application", (sealed: typeof lab) => secrets.open({ ...sealed, id: "record" })],
    ["by another key", (sealed: typeof lab) => new HouseSecrets(join(folder, "other")).open(sealed)],
    [
      "that were altered",
      (sealed: typeof lab) =>
        secrets.open({
          ...sealed,
          client: { ...sealed.client, clientSecret: sealed.client.clientSecret.replace(/.{6}$/, "AAAAAA") },
        }),
    ],
  ])("are not opened %s, and the application is named", (_what, open) => {
    expect(() => open(secrets.seal(lab))).toThrow(/secret of application “(lab|record)” cannot be opened/);
  });

  test("leave no answer", () => {
    expect(withoutSecrets(lab)).toEqual({ ...lab, client: { ...lab.client, clientSecret: undefined } });
  });
});
