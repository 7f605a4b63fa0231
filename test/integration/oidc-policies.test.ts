import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OidcHouse } from "./support/oidc-house.ts";

/** For how long the policies open one of the two. */
const openMs = 600_000;
const lookMs = 900_000;
let house: OidcHouse;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-policies-"));
  const until = new Date(Date.now() + openMs).toISOString();
  writeFileSync(
    join(folder, "all.cedar"),
    `@id("all") permit(principal, action, resource);
@id("ten-minutes") forbid(principal, action, resource == Application::"record") unless { context.now < datetime("${until}") };`,
  );
  house = await OidcHouse.open(
    {
      record: { grantTypes: ["authorization_code", "refresh_token"] },
      other: { grantTypes: ["authorization_code", "refresh_token"] },
    },
    { policyFolder: folder, timeZone: "Europe/Paris" },
  );
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true });
});

test("who renews is decided on anew: what policies have closed meanwhile stays closed, by their name", async () => {
  const { browser } = await house.seated();
  const record = house.client("record");
  const other = house.client("other");
  const first = await record.tokens(browser);
  const others = await other.tokens(browser);
  const renewed = await record.refresh(first.refresh_token);
  expect(renewed.status).toBe(200);
  house.broker.aheadMs += lookMs;
  expect(await record.refresh(renewed.body.refresh_token)).toMatchObject({
    status: 400,
    body: { error: "invalid_grant" },
  });
  expect(house.broker.records().at(-1)).toMatchObject({
    act: "launch-denied",
    application: "record",
    policy: "ten-minutes",
  });
  expect((await record.authorize(browser)).status).toBe(403);
  expect((await other.refresh(others.refresh_token)).status).toBe(200);
});
