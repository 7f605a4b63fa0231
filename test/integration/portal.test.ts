import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mostFavourites } from "../../core/session/most-favourites.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

let house: TestBroker;
const clients: BrokerClient[] = [];

const application = (id: string, more: object = {}) => ({
  id,
  name: id,
  icon: "file-text",
  initiateLoginUri: `http://127.0.0.1:1/${id}/login`,
  client: {
    clientId: id,
    clientSecret: "a secret of at least thirty-two characters",
    redirectUris: [`http://127.0.0.1:1/${id}/callback`],
    postLogoutRedirectUris: [],
    backchannelLogoutUri: `http://127.0.0.1:1/${id}/logout`,
  },
  means: ["card-pin" as const, "card-presence" as const],
  ...more,
});

beforeEach(async () => {
  const many = Array.from({ length: mostFavourites + 1 }, (_, index) => application(`a${index}`));
  house = await TestBroker.start({
    places: ["ward", "clinic"].map(id => ({ id, name: id, helpdeskPhone: "", graceSeconds: 300 })),
    applications: [
      application("pin-only", { means: ["card-pin"] }),
      application("pharmacists", { professions: [21] }),
      ...many,
    ],
  });
});

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await house.close();
});

async function workstation(name: string, place = "ward"): Promise<BrokerClient> {
  const client = new BrokerClient(await house.enrol(name, place));
  clients.push(client);
  return client;
}

const signInAt = (client: BrokerClient, card = "physician") => signIn(client, house.keysOf(card));

type Described = {
  applications: readonly { id: string; favourite?: boolean | undefined; usedAt?: number | undefined }[];
};
const favouritesIn = ({ applications }: Described) =>
  applications.filter(({ favourite }) => favourite === true).map(({ id }) => id);
const recentIn = ({ applications }: Described) =>
  applications
    .filter(({ usedAt }) => usedAt !== undefined)
    .toSorted((a, b) => (b.usedAt ?? 0) - (a.usedAt ?? 0))
    .map(({ id }) => id);

describe("favourites", () => {
  test("are the holder's own, at every place, also in the next session", async () => {
    const [ward, clinic] = [await workstation("A"), await workstation("B", "clinic")];
    const { seat } = await signInAt(ward);
    await ward.keepFavourite(seat, "a1", true);
    await ward.keepFavourite(seat, "a1", true);
    await ward.keepFavourite(seat, "a2", true);
    await ward.keepFavourite(seat, "a2", false);
    await ward.end(seat);
    expect(favouritesIn(await signInAt(clinic))).toEqual(["a1"]);
    expect(favouritesIn(await signInAt(ward, "nurse"))).toEqual([]);
  });

  test("are applications of the holder's portal only, of those that stay closed here, too", async () => {
    const client = await workstation("A");
    const { seat } = await signInAt(client);
    for (const id of ["pharmacists", "unknown"])
      await expect(client.keepFavourite(seat, id, true)).rejects.toMatchObject({ code: "application-not-entitled" });
    await client.cover(seat, "card-removed", 0);
    const again = await signInAt(client);
    expect(again.applications[0]).toMatchObject({ id: "pin-only", unavailable: { reason: "means" } });
    await client.keepFavourite(again.seat, "pin-only", true);
    expect(favouritesIn(await client.describeSession(again.seat))).toEqual(["pin-only"]);
  });

  test("are no more than a holder can have", async () => {
    const client = await workstation("A");
    const { seat } = await signInAt(client);
    for (let index = 0; index < mostFavourites; index += 1) await client.keepFavourite(seat, `a${index}`, true);
    const oneMore = client.keepFavourite(seat, `a${mostFavourites}`, true);
    await expect(oneMore).rejects.toMatchObject({ code: "favourites-full" });
    await client.keepFavourite(seat, "a0", false);
    await client.keepFavourite(seat, `a${mostFavourites}`, true);
    expect(favouritesIn(await client.describeSession(seat))).toHaveLength(mostFavourites);
  });

  test("are changed from an open seat alone", async () => {
    const client = await workstation("A");
    const { seat } = await signInAt(client);
    await client.cover(seat, "card-removed", 0);
    await expect(client.keepFavourite(seat, "a1", true)).rejects.toMatchObject({ code: "session-unknown" });
  });
});

describe("what was opened lately", () => {
  test("is known by place, the last one first, and no more than a few", async () => {
    const [ward, clinic] = [await workstation("A"), await workstation("B", "clinic")];
    const { seat } = await signInAt(ward);
    for (let index = 0; index < 10; index += 1) {
      house.aheadMs += 1_000;
      await ward.launch(seat, `a${index}`);
    }
    house.aheadMs += 1_000;
    await ward.launch(seat, "a4");
    const lately = ["a4", "a9", "a8", "a7", "a6", "a5", "a3", "a2"];
    expect(recentIn(await ward.describeSession(seat))).toEqual(lately);
    expect(recentIn(await signInAt(clinic))).toEqual([]);
    expect(recentIn(await signInAt(ward))).toEqual(lately);
  });

  test("is not what was refused", async () => {
    const client = await workstation("A");
    const { seat } = await signInAt(client);
    await expect(client.launch(seat, "pharmacists")).rejects.toMatchObject({ code: "application-not-entitled" });
    expect(recentIn(await client.describeSession(seat))).toEqual([]);
  });
});

describe("an application that is open", () => {
  const stateOf = (
    { applications }: { applications: readonly { id: string; open: boolean; elsewhere?: string | undefined }[] },
    id: string,
  ) => {
    const found = applications.find(one => one.id === id);
    return [found?.open, found?.elsewhere];
  };

  test("is open here; after a move it was left elsewhere, until it is opened here", async () => {
    const [a, b] = [await workstation("A"), await workstation("B")];
    const { seat } = await signInAt(a);
    await a.launch(seat, "a1");
    expect(stateOf(await a.describeSession(seat), "a1")).toEqual([true, undefined]);
    const moved = await signInAt(b);
    expect(stateOf(moved, "a1")).toEqual([false, "A"]);
    await b.launch(moved.seat, "a1");
    expect(stateOf(await b.describeSession(moved.seat), "a1")).toEqual([true, undefined]);
  });

  test("and closed by its holder is open nowhere", async () => {
    const [a, b] = [await workstation("A"), await workstation("B")];
    const { seat } = await signInAt(a);
    await a.launch(seat, "a1");
    await a.applicationClosed(seat, "a1");
    expect(stateOf(await signInAt(b), "a1")).toEqual([false, undefined]);
  });

  test("on the same workstation stays open here", async () => {
    const client = await workstation("A");
    const { seat } = await signInAt(client);
    await client.launch(seat, "a1");
    await client.cover(seat, "card-removed", 0);
    expect(stateOf(await signInAt(client), "a1")).toEqual([true, undefined]);
  });
});
