import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ScimClient } from "./support/scim-client.ts";
import { ScimHouse } from "./support/scim-house.ts";
import { wardkey } from "./support/wardkey.ts";

let hospital: ScimHouse;
let file: string;

beforeAll(async () => {
  hospital = await ScimHouse.start();
  const { house } = hospital;
  file = join(house.directory, "broker.json");
  const directory = {
    sources: [
      ...house.configuration.directory.sources,
      { id: "staff", kind: "csv", file: join(house.directory, "staff.csv") },
    ],
  };
  writeFileSync(file, JSON.stringify({ ...house.configuration, directory }));
});
afterAll(() => hospital.close());

describe("wardkey directory scim-token", () => {
  test("makes a token that opens the source as soon as its hash is in the file, and not before", async () => {
    const { status, output } = await wardkey(["directory", "scim-token", "--config", file, "--json", "hr"]);
    expect(status).toBe(0);
    const { token, hash, tokenFile } = JSON.parse(output);
    expect(tokenFile).toBe(hospital.tokenFile);
    const client = new ScimClient(hospital.house.configuration.web.origin, token);
    expect((await client.get("/Users")).status).toBe(401);
    appendFileSync(tokenFile, `${hash}\n`);
    expect((await client.get("/Users")).status).toBe(200);
  });

  test("says for people what to do with it", async () => {
    const { output } = await wardkey(["directory", "scim-token", "--config", file, "hr"]);
    expect(output).toMatch(/^token {2}[\w-]{43}\nhash {3}[0-9a-f]{64}\n.*hr\.tokens\n$/);
  });

  test.each([
    ["there is none", ["nobody"], 1],
    ["another program keeps it", ["staff"], 1],
    ["none is named", [], 2],
  ])("makes none for a source where %s", async (_what, words, status) => {
    expect(await wardkey(["directory", "scim-token", "--config", file, ...words])).toMatchObject({
      status,
      output: "",
    });
  });
});
