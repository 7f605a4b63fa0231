import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ScimClient } from "./support/scim-client.ts";
import { ScimHouse } from "./support/scim-house.ts";

/** Conversations of products, request by request as their makers document them; what they send beside the standard is kept. */
let hospital: ScimHouse;
let client: ScimClient;

beforeAll(async () => {
  hospital = await ScimHouse.start();
  client = hospital.client;
});
afterAll(() => hospital.close());

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const group = "urn:ietf:params:scim:schemas:core:2.0:Group";

// Microsoft: “Develop and plan provisioning for a SCIM endpoint in Microsoft Entra ID”.
describe("Entra ID", () => {
  let user: string;
  let team: string;

  test("tests the connection with a user who is not there", async () => {
    const answer = await client.find("Users", 'userName eq "non-existent user"');
    expect(answer).toMatchObject({ status: 200, body: { totalResults: 0, Resources: [] } });
  });

  test("creates a user, and asks for him by each of its keys", async () => {
    const answer = await client.post("/Users", {
      schemas: [core, enterprise],
      externalId: "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
      userName: "Test_User_ab6490ee@testuser.com",
      active: true,
      emails: [{ primary: true, type: "work", value: "Test_User_fd0ea19b@testuser.com" }],
      meta: { resourceType: "User" },
      name: { formatted: "givenName familyName", familyName: "familyName", givenName: "givenName" },
      roles: [],
    });
    expect(answer).toMatchObject({ status: 201, body: { active: true, name: { familyName: "familyName" } } });
    user = answer.body.id;
    for (const filter of [
      'userName eq "test_user_AB6490ee@testuser.com"',
      'externalId eq "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"',
      'emails[type eq "work"].value eq "Test_User_fd0ea19b@testuser.com"',
      `id eq "${user}"`,
    ])
      expect((await client.find("Users", filter)).body).toMatchObject({ totalResults: 1, Resources: [{ id: user }] });
    expect((await client.get("/Users/5171a35d82074e068ce2")).status).toBe(404);
  });

  test("creates nobody twice", async () => {
    const twice = await client.post("/Users", { schemas: [core], userName: "Test_User_ab6490ee@testuser.com" });
    expect(twice).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
  });

  test("changes several attributes in one request", async () => {
    const { body } = await client.patch(
      `/Users/${user}`,
      { op: "Replace", path: 'emails[type eq "work"].value', value: "updatedEmail@microsoft.com" },
      { op: "Replace", path: "name.familyName", value: "updatedFamilyName" },
      { op: "Add", path: `${enterprise}:department`, value: "Cardiology" },
      { op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "+33 6 00 00 00 00" },
      { op: "Replace", path: "userName", value: "5b50642d@testuser.com" },
    );
    expect(body).toMatchObject({
      userName: "5b50642d@testuser.com",
      name: { givenName: "givenName", familyName: "updatedFamilyName" },
      emails: [{ type: "work", value: "updatedEmail@microsoft.com", primary: true }],
      phoneNumbers: [{ type: "mobile", value: "+33 6 00 00 00 00" }],
      [enterprise]: { department: "Cardiology" },
    });
  });

  test("creates a group with a schema that only it knows, and finds it without its members", async () => {
    const answer = await client.post("/Groups", {
      schemas: [group, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
      externalId: "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159",
      displayName: "displayName",
      meta: { resourceType: "Group" },
    });
    expect(answer.status).toBe(201);
    team = answer.body.id;
    const found = await client.get(
      `/Groups?excludedAttributes=members&filter=${encodeURIComponent('displayName eq "displayName"')}`,
    );
    expect(found.body.Resources).toMatchObject([{ id: team }]);
  });

  test("adds, asks for and removes a member", async () => {
    const value = [{ $ref: null, value: user }];
    await client.patch(`/Groups/${team}`, { op: "Add", path: "members", value });
    expect((await client.get(`/Groups/${team}?excludedAttributes=members`)).body).not.toHaveProperty("members");
    const isMember = () => client.find("Groups", `id eq "${team}" and members eq "${user}"`);
    expect((await isMember()).body.totalResults).toBe(1);
    await client.patch(`/Groups/${team}`, { op: "Remove", path: "members", value });
    expect((await isMember()).body.totalResults).toBe(0);
    const renamed = await client.patch(`/Groups/${team}`, { op: "Replace", path: "displayName", value: "1879db59" });
    expect(renamed.body).toMatchObject({ displayName: "1879db59" });
  });

  test("disables the user, then deletes both", async () => {
    const disabled = await client.patch(`/Users/${user}`, { op: "Replace", path: "active", value: "False" });
    expect(disabled.body.active).toBe(false);
    for (const path of [`/Users/${user}`, `/Groups/${team}`]) {
      expect((await client.ask("DELETE", path)).status).toBe(204);
      expect((await client.get(path)).status).toBe(404);
    }
  });
});

// Okta: “Okta and SCIM version 2.0”.
describe("Okta", () => {
  let user: string;

  test("looks for a user, and creates him with what only it wants", async () => {
    const before = await client.get(
      `/Users?filter=${encodeURIComponent('userName eq "test.user@okta.local"')}&startIndex=1&count=100`,
    );
    expect(before.body).toMatchObject({ totalResults: 0, startIndex: 1, itemsPerPage: 0 });
    const { status, body } = await client.post("/Users", {
      schemas: [core],
      userName: "test.user@okta.local",
      name: { givenName: "Test", familyName: "User" },
      emails: [{ primary: true, value: "test.user@okta.local", type: "work" }],
      displayName: "Test User",
      locale: "en-US",
      externalId: "00ujl29u0le5T6Aj10h7",
      groups: [],
      password: "1mz050nq",
      active: true,
    });
    expect(status).toBe(201);
    expect(body).not.toHaveProperty("password");
    user = body.id;
  });

  test("replaces his profile whole", async () => {
    const { body: known } = await client.get(`/Users/${user}`);
    const changed = { ...known, name: { ...known.name, middleName: "Excited" } };
    expect((await client.ask("PUT", `/Users/${user}`, { body: changed })).body.name).toEqual(changed.name);
  });

  test("gives his groups anew, and a group its name without a path", async () => {
    const made = await client.post("/Groups", { schemas: [group], displayName: "Test SCIMv2", members: [] });
    const id = made.body.id;
    await client.patch(`/Groups/${id}`, { op: "replace", value: { id, displayName: "Test SCIMv0" } });
    const { body } = await client.patch(
      `/Groups/${id}`,
      { op: "remove", path: `members[value eq "${user}"]` },
      { op: "add", path: "members", value: [{ value: user, display: "test.user@okta.local" }] },
    );
    expect(body).toMatchObject({ id, displayName: "Test SCIMv0", members: [{ value: user }] });
    expect((await client.get(`/Groups/${id}`)).body.members).toHaveLength(1);
  });

  test("deactivates him without a path, and takes him back", async () => {
    const change = async (active: boolean) =>
      (await client.patch(`/Users/${user}`, { op: "replace", value: { active } })).body;
    expect((await change(false)).active).toBe(false);
    expect((await change(true)).active).toBe(true);
  });
});
