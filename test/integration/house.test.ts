import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { commandLine } from "../../demo/ward/command-line.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { enrolWorkstation } from "../../electron/main/broker/enrolment.ts";
import { consoleHeader, consoleRoutes } from "../../protocol/broker/console/routes.ts";
import { BareClient } from "./support/bare-client.ts";
import { ConsolePage } from "./support/console-page.ts";
import { CookieBrowser } from "./support/cookie-browser.ts";
import { launchBrowser } from "./support/launch-browser.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

let browser: Browser;
let house: TestBroker;
let office: BrokerClient;
let ward: BrokerClient;
let desk: ConsolePage;

const physician = "899700075064";

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  house = await TestBroker.start({
    administrators: [
      { holder: physician, roles: ["applications"] },
      { holder: "899700218896", roles: ["auditor"] },
    ],
    places: [
      { id: "ward", name: "Ward", helpdeskPhone: "1234", graceSeconds: 300 },
      { id: "office", name: "Office", helpdeskPhone: "99", graceSeconds: 0 },
    ],
  });
  office = new BrokerClient(await house.enrol("OFFICE-1"));
  ward = new BrokerClient(await house.enrol("WARD-1"));
  desk = await ConsolePage.open(browser, house, office, "physician");
});

afterEach(async () => {
  await desk.close();
  await office.close();
  await ward.close();
  await house.close();
});

/** In the page's own lists, not in that of its versions. */
const rowOf = (name: string) =>
  desk.page
    .locator('section:not([aria-labelledby="versions"]) > .scroll tbody tr')
    .filter({ has: desk.page.getByText(name, { exact: true }) });
const button = (name: string) => desk.page.getByRole("button", { name, exact: true });
const tilesOf = async (card: string) => (await signIn(ward, house.keysOf(card))).applications.map(({ id }) => id);

async function addApplication(id: string): Promise<string> {
  await desk.goTo("Applications");
  await button("Add an application").click();
  const { page } = desk;
  await page.getByLabel("Short name").fill(id);
  await page.getByLabel("Name", { exact: true }).fill("Laboratory");
  await page.getByLabel("Address where it starts").fill(`http://127.0.0.1:1/${id}/login`);
  await page.getByLabel("OpenID client").fill(id);
  await page.getByLabel("Addresses to return to").fill(`http://127.0.0.1:1/${id}/callback`);
  await page.getByLabel("Address that is told of the end").fill(`http://127.0.0.1:1/${id}/logout`);
  await button("See what it will do").click();
  await desk.dialog.getByText(`Application ${id} added`).waitFor();
  await desk.confirm("Apply");
  const secret = await desk.dialog.getByLabel("The application’s secret").inputValue();
  await desk.dialog.getByRole("button", { name: "I have noted it" }).click();
  await rowOf(id).getByText("Console").waitFor();
  return secret;
}

async function writePolicies(name: string, text: string): Promise<void> {
  await desk.goTo("Policies");
  await button("Add a text of policies").click();
  await desk.page.getByLabel("Name", { exact: true }).fill(name);
  await desk.page.getByLabel("Policies", { exact: true }).fill(text);
}

describe("an application that is added in the console", () => {
  test("is in the next portal and starts, without a restart; its secret is told once and is nowhere to be read", async () => {
    expect(await tilesOf("nurse")).not.toContain("lab");
    const secret = await addApplication("lab");
    expect(secret).toMatch(/^[\w-]{43}$/);
    const session = await signIn(ward, house.keysOf("nurse"));
    expect(session.applications.map(({ id, name }) => [id, name])).toContainEqual(["lab", "Laboratory"]);
    const { url } = await ward.launch(session.seat, "lab");
    const seatBrowser = new CookieBrowser();
    const { location } = await seatBrowser.open(url, false);
    expect(location).toMatch(/^http:\/\/127\.0\.0\.1:1\/lab\/login\?iss=/);
    const registered = { clientId: "lab", redirectUri: "http://127.0.0.1:1/lab/callback" };
    const lab = new BareClient(house.broker.webOrigin, { ...registered, clientSecret: secret });
    expect((await lab.tokens(seatBrowser)).id_token).toBeDefined();
    const guessing = new BareClient(house.broker.webOrigin, { ...registered, clientSecret: "g".repeat(43) });
    expect(await guessing.tokens(seatBrowser)).toMatchObject({ error: "invalid_client" });
    const [record] = house.recordsOf("house-changed");
    expect(record).toMatchObject({
      by: physician,
      means: "card-pin",
      detail: expect.stringMatching(/application lab added/),
    });
    const view = await desk.context.request.get(house.broker.webOrigin + consoleRoutes.house.path, {
      headers: { [consoleHeader]: "1" },
    });
    expect(await view.text()).not.toContain(secret);
    await rowOf("lab").getByRole("button", { name: "Change Laboratory" }).click();
    expect(await desk.page.getByLabel("The whole entry").inputValue()).not.toContain(secret);
  });

  test("is removed with those named who lose it: no tile, no launch, and the trail says who and why", async () => {
    await addApplication("lab");
    const session = await signIn(ward, house.keysOf("nurse"));
    await desk.page.getByRole("button", { name: "Remove Laboratory" }).click();
    await desk.dialog.getByText("0 applications gained, 2 lost").waitFor();
    await desk.confirm("Apply all the same");
    await expect.poll(() => rowOf("lab").count()).toBe(0);
    await expect(ward.launch(session.seat, "lab")).rejects.toMatchObject({ code: "application-not-entitled" });
    const lab = new BareClient(house.broker.webOrigin, {
      clientId: "lab",
      redirectUri: "http://127.0.0.1:1/lab/callback",
    });
    expect((await lab.authorize(new CookieBrowser())).text).toContain("invalid_client");
    expect(await tilesOf("nurse")).not.toContain("lab");
    expect(house.recordsOf("house-changed").at(-1)?.["detail"]).toMatch(/application lab removed; as it was asked$/);
  });

  test("is refused with its faults beside it while it is written", async () => {
    await desk.goTo("Applications");
    await button("Add an application").click();
    await desk.page.getByLabel("Short name").fill("record");
    await desk.page.locator(".faults").getByText("applications.record.name").waitFor();
    expect(await button("See what it will do").isDisabled()).toBe(true);
    await desk.page.getByLabel("The whole entry").fill('{ "id": ');
    await desk.page.getByText("This is no JSON object yet").waitFor();
    await desk.page.getByLabel("The whole entry").fill(JSON.stringify({ id: "lab", shoeSize: 42 }));
    await desk.page.locator(".faults").getByText("shoeSize").waitFor();
    expect(house.recordsOf("house-changed")).toEqual([]);
  });

  test("of the file can be looked at, and not changed", async () => {
    await desk.goTo("Applications");
    await desk.page.getByRole("button", { name: "Look at record" }).click();
    await desk.page.getByText("Kept in the configuration file").waitFor();
    expect(await desk.page.getByLabel("Name", { exact: true }).isDisabled()).toBe(true);
    expect(await desk.page.getByRole("button", { name: "Remove record" }).count()).toBe(0);
  });
});

describe("policies that are written in the console", () => {
  const record =
    '@id("physicians")\npermit(principal in Profession::"10", action, resource == Application::"record");\n';

  test("with an error are refused by line and column, and the previous state stays", async () => {
    await writePolicies("care", `${record}@id("x")\npermit(principal, action, resource == Application::"recrod");`);
    const faults = desk.page.locator(".faults");
    await faults.getByText("line 4, column").waitFor();
    await faults.getByText('no Application::"recrod"').waitFor();
    expect(await button("See what it will do").isDisabled()).toBe(true);
    expect(await tilesOf("nurse")).toContain("record");
    expect(house.recordsOf("house-changed")).toEqual([]);
  });

  test("are shown with what they take away, and decide once they are applied; an earlier version brings all back", async () => {
    expect(await tilesOf("nurse")).toContain("record");
    await writePolicies("care", record);
    await desk.page.getByText("Nothing against it").waitFor();
    await button("See what it will do").click();
    await desk.dialog.getByText("These are the first policies").waitFor();
    await desk.confirm("Apply all the same");
    await rowOf("care").getByText("physicians").waitFor();
    expect(await tilesOf("nurse")).not.toContain("record");
    await desk.page.getByRole("button", { name: "Remove care" }).click();
    await desk.confirm("Apply");
    await expect.poll(() => rowOf("care").count()).toBe(0);
    expect(await tilesOf("nurse")).toContain("record");
    await desk.page.getByRole("button", { name: "Bring version 1 back" }).click();
    await desk.confirm("Apply all the same");
    await rowOf("care").getByText("physicians").waitFor();
    expect(await tilesOf("nurse")).not.toContain("record");
  });

  test("are explained: for a holder, for a card's certificate, and for a card that is none", async () => {
    await writePolicies("care", record);
    await button("See what it will do").click();
    await desk.confirm("Apply");
    await rowOf("care").waitFor();
    await desk.goTo("Explain");
    await desk.page.getByLabel("Identifier").fill(physician);
    const found = desk.page.getByRole("region", { name: "Answer" });
    const decided = (application: string) => found.locator("tbody tr", { hasText: application }).textContent();
    await expect.poll(() => decided("record")).toMatch(/Opens.*physicians.*console\/care:1/);
    await desk.page.getByLabel("Who").selectOption("A card’s certificate");
    const pem = new X509Certificate(house.keysOf("nurse").authentication.certificate).toString();
    await desk.page.getByRole("textbox", { name: "Certificate" }).fill(pem);
    await expect.poll(() => decided("record")).toMatch(/Not in the portal.*No policy permits/);
    await desk.page.getByRole("textbox", { name: "Certificate" }).fill("no certificate");
    await found.getByText("Say who").waitFor();
  });
});

describe("two administrators at once", () => {
  test("the second is told that something changed, and nothing of his is done", async () => {
    await desk.goTo("Groups and structures");
    await button("Add a group").click();
    await desk.page.getByLabel("Short name").fill("night");
    await button("See what it will do").click();
    await desk.dialog.getByText("Group night added").waitFor();
    const change = { act: "add", kind: "structure", entry: { id: "175", name: "Practice" } };
    const other = await desk.context.request.post(house.broker.webOrigin + consoleRoutes.houseChange.path, {
      headers: { [consoleHeader]: "1", origin: house.broker.webOrigin },
      data: { change, seen: 0, reason: "as it was asked" },
    });
    expect(await other.json()).toEqual({ version: 1 });
    await desk.confirm("Apply");
    await desk.dialog.getByText("changed-meanwhile").waitFor();
    expect(house.recordsOf("house-changed")).toHaveLength(1);
    await desk.dialog.getByRole("button", { name: "Cancel" }).click();
    await button("Refresh").click();
    await rowOf("175").waitFor();
    expect(await rowOf("night").count()).toBe(0);
  });

  test("an auditor reads everything and changes nothing", async () => {
    const nurse = await ConsolePage.open(browser, house, ward, "nurse");
    try {
      await nurse.goTo("Applications");
      await nurse.page.getByRole("button", { name: "Look at record" }).waitFor();
      expect(await nurse.page.getByRole("button", { name: /^(Add|Change|Remove)/ }).count()).toBe(0);
      const change = { act: "add", kind: "group", entry: { id: "night", holders: [] } };
      const refused = await nurse.context.request.post(house.broker.webOrigin + consoleRoutes.houseChange.path, {
        headers: { [consoleHeader]: "1", origin: house.broker.webOrigin },
        data: { change, seen: 0, reason: "as it was asked" },
      });
      expect(await refused.json()).toMatchObject({ code: "console-role-missing" });
    } finally {
      await nurse.close();
    }
  });
});

describe("workstations", () => {
  test("a workstation that is withdrawn is refused at once, its line closed and its session covered", async () => {
    const { seat } = await signIn(ward, house.keysOf("nurse"));
    const lost = new Promise<void>(resolve => ward.subscribe(event => event.type === "disconnected" && resolve()));
    await desk.goTo("Places");
    await desk.page.getByRole("button", { name: "Withdraw WARD-1" }).click();
    await desk.confirm("Withdraw");
    await expect.poll(() => rowOf("WARD-1").count()).toBe(0);
    await lost;
    await expect(ward.describe()).rejects.toMatchObject({ code: "workstation-unknown" });
    await expect(ward.launch(seat, "record")).rejects.toMatchObject({ code: "workstation-unknown" });
    await expect(signIn(ward, house.keysOf("nurse"))).rejects.toMatchObject({ code: "workstation-unknown" });
    expect(house.recordsOf("workstation-withdrawn")).toMatchObject([
      { by: physician, detail: expect.stringMatching(/^WARD-1 .* at ward; as it was asked$/) },
    ]);
    expect(house.recordsOf("seat-covered").at(-1)).toMatchObject({ detail: "workstation-withdrawn" });
    expect((await office.describe()).name).toBe("OFFICE-1");
  });

  test("a workstation that is moved is told its new place; the place's code enrols another one, once", async () => {
    await desk.goTo("Places");
    await desk.page.getByRole("button", { name: "Move WARD-1" }).click();
    await desk.dialog.getByRole("combobox").selectOption("office");
    await desk.confirm("Move");
    await expect.poll(async () => (await ward.describe()).helpdeskPhone).toBe("99");
    expect(house.recordsOf("workstation-moved")).toMatchObject([{ detail: "WARD-1: ward → office; as it was asked" }]);
    await desk.page.getByRole("button", { name: "Enrolment code for Office" }).click();
    await desk.confirm("Make the code");
    const code = await desk.dialog.getByLabel("Enrolment code").inputValue();
    await desk.dialog.getByRole("button", { name: "I have noted it" }).click();
    const enrol = (name: string) =>
      enrolWorkstation({
        ...{ origin: house.configuration.agents.origin, code, name, now: Date.now() },
        directory: join(house.directory, name),
      });
    const { enrolment } = await enrol("OFFICE-2");
    const fresh = new BrokerClient(enrolment);
    expect(await fresh.describe()).toMatchObject({ place: "office", placeName: "Office" });
    await fresh.close();
    await expect(enrol("OFFICE-3")).rejects.toMatchObject({ code: "enrolment-code-wrong" });
    expect(house.recordsOf("enrolment-code-made")).toMatchObject([{ by: physician }]);
    await desk.page.getByRole("link", { name: /Workstations of Office/ }).click();
    await rowOf("OFFICE-2").waitFor();
  });

  test("a place that is added takes workstations, and cannot go while they stand there", async () => {
    await desk.goTo("Places");
    await button("Add a place").click();
    await desk.page.getByLabel("Short name").fill("icu");
    await desk.page.getByLabel("Name", { exact: true }).fill("Intensive care");
    await desk.page.getByLabel("Within").selectOption("ward");
    await desk.page.getByLabel("Helpdesk’s phone").fill("15 24");
    await button("See what it will do").click();
    await desk.confirm("Apply");
    await rowOf("icu").waitFor();
    await desk.page.getByRole("button", { name: "Move WARD-1" }).click();
    await desk.dialog.getByRole("combobox").selectOption("icu");
    await desk.confirm("Move");
    await expect.poll(async () => (await ward.describe()).placeName).toBe("Intensive care");
    await desk.page.getByRole("button", { name: "Remove Intensive care" }).click();
    await desk.dialog.getByText("1 workstations stand there").waitFor();
    await desk.dialog.getByLabel("Reason").fill("as it was asked");
    expect(await desk.dialog.getByRole("button", { name: "Apply" }).isDisabled()).toBe(true);
  });
});

describe("the command line", () => {
  const wardkey = (...words: string[]) => {
    const config = join(house.directory, "broker.json");
    writeFileSync(config, JSON.stringify(house.configuration));
    const { status, stdout, stderr } = spawnSync(process.execPath, [commandLine, ...words, "--config", config], {
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  };

  test("shows what the console keeps in the file's words, its history, and what the file contradicts", async () => {
    const secret = await addApplication("lab");
    const shown = JSON.parse(wardkey("house", "show", "--json").stdout);
    expect(shown).toMatchObject({ version: 1, applications: [{ id: "lab", client: { clientId: "lab" } }] });
    expect(JSON.stringify(shown)).not.toContain(secret);
    const whole = JSON.parse(wardkey("house", "show", "--json", "--secrets").stdout);
    expect(whole.applications[0].client.clientSecret).toBe(secret);
    expect(JSON.parse(wardkey("house", "history", "--json").stdout)).toMatchObject([
      { version: 1, by: physician, reason: "as it was asked", differences: [{ act: "added", id: "lab" }] },
    ]);
    expect(wardkey("house", "check")).toMatchObject({ status: 0 });
    house.configuration.applications.push(whole.applications[0]);
    expect(wardkey("house", "check")).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("set aside: application lab: id: “lab” is taken"),
    });
  });
});

describe("for everybody", () => {
  test.each([
    ["Applications", "Add an application"],
    ["Policies", "Add a text of policies"],
    ["Places", "Add a place"],
    ["Groups and structures", "Add a structure"],
    ["Explain", undefined],
  ])("%s: nothing that axe would object to, nor while something is written", async (name, add) => {
    await addApplication("lab");
    await desk.goTo(name);
    await desk.page.locator("#content section").first().waitFor();
    expect(await desk.objections()).toEqual([]);
    if (add === undefined) await desk.page.getByLabel("Identifier").fill(physician);
    else await button(add).click();
    await desk.page.locator(add === undefined ? ".found table" : ".faults").waitFor();
    expect(await desk.objections()).toEqual([]);
  });

  test("by the keyboard alone: to the page, into the editor, and through the dialog", async () => {
    const { keyboard } = desk.page;
    await keyboard.press("Control+k");
    await keyboard.type("groups");
    await keyboard.press("Enter");
    await button("Add a group").focus();
    await keyboard.press("Enter");
    await desk.page.getByLabel("Short name").focus();
    await keyboard.type("night");
    await expect.poll(() => button("See what it will do").isEnabled()).toBe(true);
    await keyboard.press("Enter");
    await desk.dialog.getByText("Group night added").waitFor();
    await desk.dialog.getByLabel("Reason").focus();
    await keyboard.type("as it was asked");
    await keyboard.press("Enter");
    await rowOf("night").waitFor();
  });
});
