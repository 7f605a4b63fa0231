import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ScenarioRun } from "../../demo/scenario/scenario-run.ts";
import { Ward } from "../../demo/ward/ward.ts";
import type { WorkstationProcess } from "../../demo/workstation/workstation-process.ts";
import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";

const idleSeconds = 8;
const nursePin = demonstrationCards.find(({ id }) => id === "nurse")?.pin ?? "";

let pki: string;
let ward: Ward;
let run: ScenarioRun;
let a: WorkstationProcess;

beforeAll(async () => {
  pki = mkdtempSync(join(tmpdir(), "wardkey-pki-"));
  ward = await Ward.start({
    pki: join(pki, "authority"),
    cards: ["nurse"],
    language: "fr",
    // Shorter than the time without use: the card that was left in the reader is not enough.
    graceSeconds: 5,
    idleSeconds,
    onLine() {},
    onProgress() {},
  });
  run = new ScenarioRun(ward, () => {});
  a = run.a;
}, 180_000);

afterAll(async () => {
  await ward?.close();
  rmSync(pki, { recursive: true, force: true });
});

const warned = () => a.viewWhere("the warning", view => (view.coversAt === undefined ? undefined : view));
const notWarned = () => a.viewWhere("no warning", view => (view.coversAt === undefined ? true : undefined));

test("nobody uses the workstation: warned in front of the application, any key stays; then covered, and the card that was left asks for its PIN", async () => {
  await run.insert("nurse", a);
  await run.screen(a, "pin");
  await run.type(a, nursePin);
  const portal = await run.screen(a, "portal");
  const [application] = portal.tiles.filter(({ unavailable }) => unavailable === undefined);
  await a.click(`[data-application="${application?.id}"]`);
  await run.until("the application in front", async () => (await a.look()).front.kind === "application");

  // Keys in the application are use.
  const usedUntil = Date.now() + (idleSeconds + 1) * 1000;
  while (Date.now() < usedUntil) {
    await a.press("Shift");
    await wait(500);
    expect(a.view()?.coversAt).toBeUndefined();
  }
  expect((await a.look()).front.kind).toBe("application");

  await warned();
  await run.until("the window in front", async () => (await a.look()).front.kind === "window");
  expect((await a.look()).text).toContain("Êtes-vous toujours là");
  await a.press("Shift");
  await notWarned();
  await run.until("the application again", async () => (await a.look()).front.kind === "application");

  const { coversAt = 0 } = await warned();
  const covered = await run.screen(a, "covered");
  expect(Math.abs(covered.since - (coversAt - idleSeconds * 1000))).toBeLessThan(50);
  expect((await a.look()).front.kind).toBe("window");
  await run.until("the cover in the trail", async () =>
    ward.broker.records().some(({ act, detail }) => act === "seat-covered" && detail === "idle"),
  );
  expect(a.view()?.reader.state).toBe("card-in");
  await a.click(".covered button");
  await run.screen(a, "pin");
  await run.type(a, nursePin);
  await run.screen(a, "portal");
  await run.until("what was open", async () => (await a.look()).front.kind === "application");
}, 120_000);
