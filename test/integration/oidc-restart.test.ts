import { afterEach, beforeEach, expect, test } from "vitest";
import { claimsIn } from "./support/bare-client.ts";
import { ClientServer } from "./support/client-server.ts";
import { eventually } from "./support/eventually.ts";
import { OidcHouse } from "./support/oidc-house.ts";

let house: OidcHouse;
let server: ClientServer;

beforeEach(async () => {
  server = new ClientServer();
  const backchannelLogoutUri = await server.open();
  house = await OidcHouse.open({ record: { backchannelLogoutUri } });
});
afterEach(async () => {
  await house.close();
  await server.close();
});

test("after a restart of the broker tokens are gone, and the application is still told when the card goes", async () => {
  const { browser, seat } = await house.seated();
  const record = house.client("record");
  const tokens = await record.tokens(browser);
  await house.restart();
  expect((await record.userinfo(tokens.access_token)).status).toBe(401);
  expect(server.heard).toEqual([]);
  await house.workstation.cover(seat, "card-removed", 0);
  await eventually(() => server.heard.length > 0);
  expect(claimsIn(server.heard[0])).toMatchObject({ sid: claimsIn(tokens.id_token)["sid"], sub: "899700075064" });
  expect(house.broker.records().at(-1)).toMatchObject({ act: "application-signed-out", detail: "removal" });
});

test("after a restart the portal opens the application again, in a browser that the broker does not know any more", async () => {
  const { browser } = await house.seated();
  const record = house.client("record");
  await record.tokens(browser);
  await house.restart();
  expect((await record.authorize(browser)).status).toBe(403);
  const again = await house.seated();
  expect((await record.answer(again.browser)).has("code")).toBe(true);
});

test("a session that ended while no broker ran is told of when one does", async () => {
  const { browser } = await house.seated();
  await house.client("record").tokens(browser);
  house.broker.aheadMs += 13 * 3_600_000;
  await house.restart();
  await eventually(() => server.heard.length > 0);
  expect(house.broker.records().findLast(({ act }) => act === "application-signed-out")).toMatchObject({
    detail: "end",
  });
});
