import { writeFileSync } from "node:fs";
import SCIMMY from "scimmy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newScimToken } from "../../broker/scim/scim-tokens.ts";
import { ScimClient } from "./support/scim-client.ts";
import { ScimHouse } from "./support/scim-house.ts";

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";
const errorSchema = "urn:ietf:params:scim:api:messages:2.0:Error";

let hospital: ScimHouse;
let client: ScimClient;
let counter = 0;

beforeAll(async () => {
  hospital = await ScimHouse.start();
  client = hospital.client;
});
afterAll(() => hospital.close());

/** Of no other test. */
function freshUser(more: Readonly<Record<string, unknown>> = {}) {
  counter += 1;
  const userName = `user-${counter}@hospital.example`;
  return { schemas: [core], userName, externalId: `ext-${counter}`, displayName: `User ${counter}`, ...more };
}

async function created(path: "/Users" | "/Groups", body: unknown): Promise<string> {
  const answer = await client.post(path, body);
  expect(answer.status).toBe(201);
  return answer.body.id;
}

const trail = () => hospital.house.records();

const refused = (status: number, scimType?: string) => ({
  status,
  body: { schemas: [errorSchema], status: String(status), ...(scimType === undefined ? {} : { scimType }) },
});

describe("the door", () => {
  test("is for who has a token of the source, whatever is asked", async () => {
    expect((await client.get("/ServiceProviderConfig")).status).toBe(200);
    const origin = hospital.house.configuration.web.origin;
    for (const stranger of [new ScimClient(origin), new ScimClient(origin, ""), new ScimClient(origin, undefined)]) {
      const answer = await stranger.get("/ServiceProviderConfig");
      expect(answer).toMatchObject(refused(401));
      expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="scim"');
      expect(await stranger.post("/Users", freshUser())).toMatchObject(refused(401));
    }
  });

  test("has no word for other origins, keeps nothing, and sets no cookie", async () => {
    const { headers } = await client.get("/Users?count=1", { origin: "https://elsewhere.example" });
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("set-cookie")).toBeNull();
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-type")).toBe("application/scim+json; charset=utf-8");
  });

  test("knows a new token at once, and an old one no more", async () => {
    const { token, hash } = newScimToken();
    const own = await ScimHouse.start();
    try {
      writeFileSync(own.tokenFile, `${hash}\n`);
      const fresh = new ScimClient(own.house.configuration.web.origin, token);
      expect((await fresh.get("/Users")).status).toBe(200);
      expect((await own.client.get("/Users")).status).toBe(401);
      // The hash itself opens nothing.
      expect((await new ScimClient(own.house.configuration.web.origin, hash).get("/Users")).status).toBe(401);
      writeFileSync(own.tokenFile, "no hash\n");
      expect((await fresh.get("/Users")).status).toBe(500);
    } finally {
      await own.close();
    }
  });

  test("tires of wrong tokens, and lets a good one in all the same", async () => {
    const own = await ScimHouse.start();
    try {
      const stranger = new ScimClient(own.house.configuration.web.origin);
      const statuses: number[] = [];
      for (let at = 0; at < 12; at += 1) statuses.push((await stranger.get("/Users")).status);
      expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
      expect((await own.client.get("/Users")).status).toBe(200);
    } finally {
      await own.close();
    }
  });

  test("is not there where no source is written by SCIM", async () => {
    const own = await ScimHouse.start({ directory: { required: false, sources: [] } });
    try {
      expect((await fetch(`${own.house.configuration.web.origin}/scim/v2/Users`)).status).toBe(404);
    } finally {
      await own.close();
    }
  });
});

describe("what it says of itself", () => {
  test("is what it does", async () => {
    const { body } = await client.get("/ServiceProviderConfig");
    expect(body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1_000, maxPayloadSize: 1_048_576 },
      filter: { supported: true, maxResults: 200 },
      sort: { supported: true },
      etag: { supported: true },
      changePassword: { supported: false },
    });
  });

  test("names types and schemas, each at an address of its own; a type that it lacks at none", async () => {
    const types = await client.get("/ResourceTypes");
    expect(types.body).toMatchObject({ totalResults: 2, Resources: [{ id: "User" }, { id: "Group" }] });
    expect((await client.get("/ResourceTypes/User")).body).toMatchObject({ endpoint: "/Users", schema: core });
    expect((await client.get(`/Schemas/${core}`)).body).toMatchObject({ name: "User" });
    expect(await client.get("/ResourceTypes/Device")).toMatchObject(refused(404));
    expect(await client.get("/Schemas?filter=id%20pr")).toMatchObject(refused(403));
    expect(await client.get("/Devices")).toMatchObject(refused(404));
  });

  test("gives the attributes that RFC 7643 gives, but for the password", async () => {
    const ours = (await client.get(`/Schemas/${core}`)).body.attributes as Record<string, unknown>[];
    const theirs = JSON.parse(JSON.stringify(SCIMMY.Schemas.User.definition.describe())).attributes as typeof ours;
    const facts = (all: typeof ours) =>
      all
        .filter(({ name }) => name !== "password")
        .map(({ name, type, multiValued, required, mutability }) =>
          [name, type, multiValued, required, mutability].join(" "),
        )
        .sort();
    expect(facts(ours)).toEqual(facts(theirs));
  });
});

describe("a user", () => {
  // RFC 7643, section 8.2, in part.
  const barbara = {
    schemas: [core, enterprise],
    userName: "bjensen@example.com",
    externalId: "701984",
    name: { formatted: "Ms. Barbara J Jensen, III", familyName: "Jensen", givenName: "Barbara" },
    displayName: "Babs Jensen",
    emails: [
      { value: "bjensen@example.com", type: "work", primary: true },
      { value: "babs@jensen.org", type: "home" },
    ],
    addresses: [{ type: "work", locality: "Hollywood", country: "USA" }],
    [enterprise]: { employeeNumber: "701984", department: "Tour Operations", manager: { value: "26118915" } },
  };

  test("comes, is given back whole, and reads as one to an independent library", async () => {
    const answer = await client.post("/Users", { ...barbara, password: "t1meMa$heen", shoeSize: 43, id: "own" });
    expect(answer).toMatchObject({ status: 201, body: { ...barbara, active: true } });
    expect(JSON.stringify(answer.body)).not.toMatch(/t1meMa|shoeSize/);
    const { id, meta } = answer.body;
    expect(id).not.toBe("own");
    expect(answer.headers.get("location")).toBe(meta.location);
    expect(answer.headers.get("etag")).toBe('W/"1"');
    expect(meta).toMatchObject({ resourceType: "User", version: 'W/"1"' });
    expect((await client.get(`/Users/${id}`)).body).toEqual(answer.body);
    const read = new SCIMMY.Schemas.User(answer.body, "out");
    expect(read).toMatchObject({ userName: barbara.userName, meta: { location: meta.location } });
  });

  test("needs a userName that nobody of the source has, in whatever case", async () => {
    const first = freshUser();
    await created("/Users", first);
    const twin = await client.post("/Users", { ...first, userName: first.userName.toUpperCase() });
    expect(twin).toMatchObject(refused(409, "uniqueness"));
    expect(await client.post("/Users", { schemas: [core], displayName: "x" })).toMatchObject(
      refused(400, "invalidValue"),
    );
    const second = await created("/Users", freshUser());
    const renamed = await client.patch(`/Users/${second}`, { op: "replace", path: "userName", value: first.userName });
    expect(renamed).toMatchObject(refused(409, "uniqueness"));
    expect((await client.get(`/Users/${second}`)).body.meta.version).toBe('W/"1"');
  });

  test("is replaced whole, but comes back to nobody by an omission", async () => {
    const user = freshUser({ title: "Nurse", active: false });
    const id = await created("/Users", user);
    const { userName } = user;
    const put = await client.ask("PUT", `/Users/${id}`, { body: { schemas: [core], userName, nickName: "N" } });
    expect(put).toMatchObject({ status: 200, body: { userName, nickName: "N", active: false } });
    expect(put.body).not.toHaveProperty("title");
    expect(await client.ask("PUT", "/Users/nobody", { body: user })).toMatchObject(refused(404));
  });

  test("is changed only in the version that is meant", async () => {
    const id = await created("/Users", freshUser());
    const change = (version: string, title: string) =>
      client.ask("PATCH", `/Users/${id}`, {
        headers: { "if-match": version },
        body: { Operations: [{ op: "add", path: "title", value: title }] },
      });
    const first = await change('W/"1"', "Nurse");
    expect(first.headers.get("etag")).toBe('W/"2"');
    expect(await change('W/"1"', "Physician")).toMatchObject(refused(412));
    expect((await change('W/"2"', "Nurse")).headers.get("etag")).toBe('W/"2"');
    expect((await change("*", "Midwife")).body.title).toBe("Midwife");
    const gone = await client.ask("DELETE", `/Users/${id}`, { headers: { "if-match": 'W/"2"' } });
    expect(gone).toMatchObject(refused(412));
  });

  test("is not sent again to who has it", async () => {
    const id = await created("/Users", freshUser());
    const again = await client.get(`/Users/${id}`, { "if-none-match": 'W/"1"' });
    expect(again).toMatchObject({ status: 304, body: undefined });
    expect((await client.get(`/Users/${id}`, { "if-none-match": 'W/"7"' })).status).toBe(200);
  });

  test("shows what was asked for, and always its id", async () => {
    const id = await created("/Users", freshUser({ name: { familyName: "F", givenName: "G" }, title: "T" }));
    const only = (await client.get(`/Users/${id}?attributes=name.familyName,TITLE,shoeSize`)).body;
    expect(only).toEqual({ schemas: [core], id, name: { familyName: "F" }, title: "T" });
    const without = (await client.get(`/Users/${id}?excludedAttributes=name.familyName,meta,id`)).body;
    expect(without).toMatchObject({ id, name: { givenName: "G" } });
    expect(without.name).not.toHaveProperty("familyName");
    expect(without).not.toHaveProperty("meta");
  });

  test("goes, and is found no more; his userName is free again", async () => {
    const user = freshUser();
    const id = await created("/Users", user);
    expect((await client.ask("DELETE", `/Users/${id}`)).status).toBe(204);
    expect(await client.get(`/Users/${id}`)).toMatchObject(refused(404));
    expect(await client.ask("DELETE", `/Users/${id}`)).toMatchObject(refused(404));
    expect(await created("/Users", user)).not.toBe(id);
  });

  test("leaves a record of each change in the trail, without a name", async () => {
    const user = freshUser({ displayName: "Zephyrine Unforgotten" });
    const id = await created("/Users", user);
    await client.patch(`/Users/${id}`, { op: "replace", path: "active", value: false });
    await client.ask("DELETE", `/Users/${id}`);
    const about = trail().filter(({ detail }) => detail?.includes(id));
    expect(about.map(({ act, detail }) => [act, detail])).toEqual(
      ["created", "changed", "deleted"].map(done => ["directory-entry-provisioned", `hr: User ${id} ${done}`]),
    );
    expect(JSON.stringify(trail())).not.toContain("Zephyrine");
  });
});

describe("a list", () => {
  test("comes in pages that hold together, sorted where that is asked", async () => {
    const title = `list-${counter}`;
    for (const name of ["b", "A", "c", "D", "e"]) await created("/Users", freshUser({ title, nickName: name }));
    const query = `filter=${encodeURIComponent(`title eq "${title}"`)}&sortBy=nickName`;
    const page = async (more: string) => (await client.get(`/Users?${query}&${more}`)).body;
    const names = ({ Resources }: { Resources: { nickName: string }[] }) => Resources.map(one => one.nickName);
    const first = await page("count=2");
    expect(first).toMatchObject({ totalResults: 5, startIndex: 1, itemsPerPage: 2 });
    expect(names(first)).toEqual(["A", "b"]);
    expect(names(await page("startIndex=3&count=2"))).toEqual(["c", "D"]);
    expect(names(await page("startIndex=5&count=2"))).toEqual(["e"]);
    expect(names(await page("startIndex=9"))).toEqual([]);
    expect(names(await page("sortOrder=descending&count=1"))).toEqual(["e"]);
    expect(await page("count=0")).toMatchObject({ totalResults: 5, Resources: [] });
    expect(await page("startIndex=-3&count=-3")).toMatchObject({ startIndex: 1, Resources: [] });
    const searched = await client.post("/Users/.search", {
      filter: `title eq "${title}"`,
      attributes: ["nickName"],
      count: 1,
    });
    expect(searched.body).toMatchObject({ totalResults: 5, Resources: [{ nickName: "b" }] });
    expect(new SCIMMY.Messages.ListResponse(first)).toMatchObject({ totalResults: 5, itemsPerPage: 2 });
  });

  test("of everybody is counted whole and given in part", async () => {
    const { body } = await client.get("/Users?count=1&attributes=userName");
    expect(body.totalResults).toBeGreaterThan(1);
    expect(Object.keys(body.Resources[0]).sort()).toEqual(["id", "schemas", "userName"]);
  });

  test.each([
    ["a filter that cannot be read", "filter=userName%20eq", "invalidFilter"],
    ["a filter of what is not there", "filter=shoeSize%20pr", "invalidFilter"],
    ["an order by what is not there", "sortBy=shoeSize", "invalidPath"],
    ["a count that is no number", "count=many", "invalidValue"],
  ])("is refused for %s", async (_what, query, scimType) => {
    expect(await client.get(`/Users?${query}`)).toMatchObject(refused(400, scimType));
  });
});

describe("a group", () => {
  test("has members, persons and groups, and its persons say so", async () => {
    const person = await created("/Users", freshUser());
    const inner = await created("/Groups", {
      schemas: [groupSchema],
      displayName: "Inner",
      members: [{ value: person }],
    });
    const outer = await client.post("/Groups", {
      schemas: [groupSchema],
      displayName: "Outer",
      members: [{ value: inner }, { value: person }],
    });
    expect(outer.body.members).toMatchObject([
      { value: inner, type: "Group", display: "Inner" },
      { value: person, type: "User" },
    ]);
    const { groups } = (await client.get(`/Users/${person}`)).body;
    expect(groups).toMatchObject([{ value: inner, display: "Inner", type: "direct" }, { display: "Outer" }]);
    expect((await client.find("Users", `groups.value eq "${inner}"`)).body.totalResults).toBe(1);
    expect((await client.find("Groups", `members[value eq "${inner}"]`)).body.Resources).toMatchObject([
      { displayName: "Outer" },
    ]);
    expect(new SCIMMY.Schemas.Group(outer.body, "out")).toMatchObject({ displayName: "Outer" });
    await client.ask("DELETE", `/Users/${person}`);
    expect((await client.get(`/Groups/${inner}`)).body).not.toHaveProperty("members");
  });

  test("takes in nobody who is not there", async () => {
    const strange = { schemas: [groupSchema], displayName: "Strange", members: [{ value: "nobody" }] };
    expect(await client.post("/Groups", strange)).toMatchObject(refused(400, "invalidValue"));
    expect((await client.find("Groups", 'displayName eq "Strange"')).body.totalResults).toBe(0);
  });
});

describe("a bulk request", () => {
  const bulk = (Operations: unknown[], more: object = {}) =>
    client.post("/Bulk", { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], Operations, ...more });
  const post = (bulkId: string, data: unknown, path = "/Users") => ({ method: "POST", path, bulkId, data });

  test("creates what refers to one another, whatever comes first", async () => {
    const members = [{ value: "bulkId:ytrewq" }];
    const answer = await bulk([
      post("qwerty", { schemas: [groupSchema], displayName: "Tour Guides", members }, "/Groups"),
      post("ytrewq", freshUser()),
      {
        method: "PATCH",
        path: "/Users/bulkId:ytrewq",
        data: { Operations: [{ op: "add", path: "title", value: "Guide" }] },
      },
    ]);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        Operations: [{ bulkId: "qwerty", status: "201" }, { bulkId: "ytrewq", status: "201" }, { status: "200" }],
      },
    });
    const [group, user] = answer.body.Operations.map(({ location }: { location: string }) =>
      location.split("/").at(-1),
    );
    expect((await client.get(`/Groups/${group}`)).body.members).toMatchObject([{ value: user, type: "User" }]);
    expect((await client.get(`/Users/${user}`)).body.title).toBe("Guide");
    expect(new SCIMMY.Messages.BulkResponse(answer.body).resolve().get("ytrewq")).toBe(user);
  });

  test("does what it can, and says of the rest why not", async () => {
    const user = freshUser();
    const { body } = await bulk([
      post("a", user),
      post("b", user),
      { method: "DELETE", path: "/Users/nobody" },
      post("c", { schemas: [groupSchema], displayName: "C", members: [{ value: "bulkId:zzz" }] }, "/Groups"),
      post("d", { schemas: [groupSchema], displayName: "D", members: [{ value: "bulkId:e" }] }, "/Groups"),
      post("e", { schemas: [groupSchema], displayName: "E", members: [{ value: "bulkId:d" }] }, "/Groups"),
      post("f", freshUser()),
    ]);
    expect(body.Operations).toMatchObject([
      { status: "201" },
      { status: "409", response: { scimType: "uniqueness" } },
      { status: "404" },
      { status: "400", response: { scimType: "invalidValue" } },
      { status: "409" },
      { status: "409" },
      { status: "201" },
    ]);
  });

  test("stops after as many errors as it was told to bear", async () => {
    const last = freshUser();
    const { body } = await bulk([post("a", {}), post("b", freshUser()), post("c", {}), post("d", last)], {
      failOnErrors: 2,
    });
    expect(body.Operations.map(({ status }: { status: string }) => status)).toEqual(["400", "201", "400"]);
    expect((await client.find("Users", `userName eq "${last.userName}"`)).body.totalResults).toBe(0);
  });

  test("changes only the version that is meant", async () => {
    const id = await created("/Users", freshUser());
    const data = { Operations: [{ op: "add", path: "title", value: "x" }] };
    const { body } = await bulk([
      { method: "PATCH", path: `/Users/${id}`, version: 'W/"1"', data },
      { method: "DELETE", path: `/Users/${id}`, version: 'W/"1"' },
    ]);
    expect(body.Operations).toMatchObject([{ status: "200", version: 'W/"2"' }, { status: "412" }]);
  });

  test.each([
    ["is no list", { Operations: 5 }, refused(400, "invalidSyntax")],
    [
      "names no path",
      { Operations: [{ method: "POST", path: "/Devices", bulkId: "a" }] },
      refused(400, "invalidSyntax"),
    ],
    ["names no bulkId", { Operations: [{ method: "POST", path: "/Users", data: {} }] }, refused(400, "invalidSyntax")],
    ["names one twice", { Operations: [post("a", {}), post("a", {})] }, refused(400, "invalidValue")],
    ["bears no error at all", { failOnErrors: 0, Operations: [] }, refused(400, "invalidValue")],
    ["is too long", { Operations: Array.from({ length: 1_001 }, (_, at) => post(`${at}`, {})) }, refused(413)],
  ])("is refused whole where it %s", async (_what, body, answer) => {
    expect(await client.post("/Bulk", body)).toMatchObject(answer);
  });
});

describe("garbage", () => {
  test.each([
    ["no JSON", "{", refused(400, "invalidSyntax")],
    ["no object", "[]", refused(400, "invalidSyntax")],
    ["nothing", "", refused(400, "invalidSyntax")],
    ["quotation marks", `"${'\\"'.repeat(500_000)}`, refused(400, "invalidSyntax")],
    ["depth", `${"[".repeat(5_000)}${"]".repeat(5_000)}`, refused(400, "invalidSyntax")],
    ["the way to other objects", '{"userName":"x","__proto__":{"polluted":true}}', refused(400, "invalidSyntax")],
    [
      "the same in disguise",
      '{"userName":"x","name":{"\\u005f_proto__":{"polluted":true}}}',
      refused(400, "invalidSyntax"),
    ],
    ["more than a body may have", JSON.stringify({ userName: "x".repeat(1_100_000) }), refused(413)],
    ["a text that is too long", JSON.stringify({ userName: "x".repeat(20_000) }), refused(400, "invalidValue")],
    [
      "a name that no directory takes",
      JSON.stringify({ userName: "x", displayName: "x".repeat(300) }),
      refused(400, "invalidValue"),
    ],
  ])("of %s is refused, and changes nothing", async (_what, body, answer) => {
    const before = (await client.get("/Users?count=0")).body.totalResults;
    expect(await client.ask("POST", "/Users", { body, headers: { "content-type": "application/json" } })).toMatchObject(
      answer,
    );
    expect((await client.get("/Users?count=0")).body.totalResults).toBe(before);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("of another kind is not read", async () => {
    const asked = { body: "userName=x", headers: { "content-type": "application/x-www-form-urlencoded" } };
    expect(await client.ask("POST", "/Users", asked)).toMatchObject(refused(415));
  });
});
