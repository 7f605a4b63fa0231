import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pinGoodForMs } from "../../broker/steps/freshly-proven.ts";
import type { BrokerEvent } from "../../core/ports/broker-connection.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { consoleApplication } from "../../protocol/broker/console/console-application.ts";
import { consoleHeader, consoleRoutes } from "../../protocol/broker/console/routes.ts";
import { eventually } from "./support/eventually.ts";
import { proofOf, signIn, TestBroker } from "./support/test-broker.ts";

const physician = "899700075064";
const alias = { identifier: "0123456789", holder: "899700218896", reason: "a new card" };

let house: TestBroker;
let client: BrokerClient;
let heard: BrokerEvent[];
let cookie: string;

beforeEach(async () => {
  house = await TestBroker.start({ administrators: [{ holder: physician, roles: ["trust"] }] });
  client = new BrokerClient(await house.enrol("A"));
  heard = [];
  client.subscribe(event => heard.push(event));
  await eventually(() => heard.some(({ type }) => type === "connected"));
  const { seat } = await signIn(client, house.keysOf("physician"));
  const { url } = await client.launch(seat, consoleApplication.id);
  const [given = ""] = (await fetch(url, { redirect: "manual" })).headers.getSetCookie();
  cookie = given.split(";")[0] ?? "";
});

afterEach(async () => {
  await client.close();
  await house.close();
});

async function addAlias(): Promise<{ status: number; body: { code?: string } }> {
  const { webOrigin: origin } = house.broker;
  const answer = await fetch(origin + consoleRoutes.addAlias.path, {
    method: "POST",
    headers: { cookie, origin, [consoleHeader]: "1", "content-type": "application/json" },
    body: JSON.stringify(alias),
  });
  return { status: answer.status, body: (await answer.json()) as { code?: string } };
}

async function wanted() {
  const found = () => heard.flatMap(event => (event.type === "step-up-wanted" ? [event] : []))[0];
  await eventually(() => found() !== undefined);
  const event = found();
  if (event === undefined) throw new Error("no PIN was asked for");
  return event;
}

const added = () => house.records().filter(({ act }) => act === "holder-alias-added");

describe("an act that gives something", () => {
  test("is done at once while the PIN is fresh", async () => {
    expect(await addAlias()).toMatchObject({ status: 200 });
    expect(added()).toMatchObject([{ by: physician, means: "card-pin" }]);
    expect(heard.some(({ type }) => type === "step-up-wanted")).toBe(false);
  });

  test.each([
    [
      "the PIN is old",
      async () => {
        house.aheadMs += pinGoodForMs + 1;
      },
    ],
    [
      "the card came back without it",
      async () => {
        const { seat } = await signIn(client, house.keysOf("physician"));
        await client.cover(seat, "card-removed", 0);
        await signIn(client, house.keysOf("physician"));
      },
    ],
  ])("waits for the PIN at the workstation where %s", async (_case, arrange) => {
    await arrange();
    const answer = addAlias();
    const { stepUp, application } = await wanted();
    expect(application).toBe("Console");
    expect(added()).toEqual([]);
    const { authentication } = house.keysOf("physician");
    const offered = await client.stepUpChallenge(stepUp, authentication.certificate);
    await client.stepUpProve(stepUp, offered.challenge.nonce, proofOf(offered, authentication));
    expect(await answer).toMatchObject({ status: 200 });
    expect(added()).toMatchObject([{ means: "card-pin" }]);
  });

  test("is not done where the PIN is not typed", async () => {
    house.aheadMs += pinGoodForMs + 1;
    const answer = addAlias();
    const { stepUp } = await wanted();
    await client.refuseStepUp(stepUp, "step-up-cancelled", undefined);
    expect((await answer).body).toMatchObject({ code: "step-up-cancelled" });
    expect(added()).toEqual([]);
  });

  test("reading asks for nothing", async () => {
    house.aheadMs += pinGoodForMs + 1;
    const answer = await fetch(house.broker.webOrigin + consoleRoutes.aliases.path, {
      headers: { cookie, [consoleHeader]: "1" },
    });
    expect(answer.status).toBe(200);
    expect(heard.some(({ type }) => type === "step-up-wanted")).toBe(false);
  });
});
