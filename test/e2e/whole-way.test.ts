import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ScenarioFacts } from "../../demo/scenario/scenario-facts.ts";
import { ScenarioRun } from "../../demo/scenario/scenario-run.ts";
import { goTheWholeWay } from "../../demo/scenario/whole-way.ts";
import { Ward } from "../../demo/ward/ward.ts";
import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";

const graceSeconds = 300;
/** A PIN that is found nowhere else. */
const canary = "90731486";

let pki: string;
let ward: Ward;
let run: ScenarioRun;
let facts: ScenarioFacts;
const written: string[] = [];

beforeAll(async () => {
  pki = mkdtempSync(join(tmpdir(), "wardkey-pki-"));
  ward = await Ward.start({
    pki: join(pki, "authority"),
    cards: demonstrationCards.map(card => card.id),
    pins: { physician: canary },
    language: "fr",
    graceSeconds,
    onLine: (program, line) => written.push(`${program}: ${line}`),
    onProgress() {},
  });
  for (const workstation of ward.workstations)
    workstation.subscribe(() => written.push(JSON.stringify(workstation.view())));
  run = new ScenarioRun(ward, () => {});
  facts = await goTheWholeWay(run, canary, graceSeconds);
}, 180_000);

afterAll(async () => {
  await ward?.close();
  rmSync(pki, { recursive: true, force: true });
});

/** The files below a folder that hold a text, in any of the encodings in which our programs write. */
function filesWith(folder: string, text: string): string[] {
  const needles = [Buffer.from(text), Buffer.from(text, "utf16le")];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => needles.some(needle => readFileSync(file).includes(needle)));
}

describe("the whole way on the real pcscd, in the real Chromium", () => {
  test("every step holds", () => {
    expect(run.steps.filter(step => !step.ok)).toEqual([]);
    expect(run.steps.length).toBeGreaterThanOrEqual(20);
  });

  test("each refusal has a code of its own", () => {
    const codes = run.steps.flatMap(step => (step.code === undefined ? [] : [step.code]));
    expect(codes).toEqual([
      "step-up-cancelled",
      "pin-wrong",
      "certificate-revoked",
      "certificate-expired",
      "certificate-untrusted",
      "card-signature-wrong",
      "sign-in-abandoned",
      "card-removed",
      "answer-too-late",
      "broker-unreachable",
    ]);
  });

  test("at most ten APDUs for a first sign-in, five for a return", () => {
    expect(facts.apdus.first).toBeLessThanOrEqual(10);
    expect(facts.apdus.return).toBeLessThanOrEqual(5);
  });

  test("every opening, moving, covering and denial stands in the trail once", () => {
    const count = (act: string) => ward.broker.records().filter(record => record.act === act).length;
    expect(facts.trail.verified).toBe(true);
    expect(count("session-opened")).toBe(2);
    expect(count("session-moved")).toBeGreaterThan(0);
    expect(count("sign-in-denied")).toBe(2 + 3 + 1 + 3);
    expect(count("seat-covered")).toBe(6);
    expect(["asked", "refused", "done"].map(what => count(`step-up-${what}`))).toEqual([2, 1, 1]);
  });

  test("all stages were timed", () => {
    const stages = new Set(ward.workstations.flatMap(workstation => workstation.stages.map(stage => stage.stage)));
    expect([...stages].sort()).toEqual([
      "insertion-to-pin-ready",
      "insertion-to-resumed",
      "pin-to-portal",
      "removal-to-covered",
    ]);
  });

  test("the PIN is in no store, profile, log or view", () => {
    // What is searched for can be found: the holder's identifier is where it belongs.
    expect(filesWith(ward.directory, "899700075064").length).toBeGreaterThan(0);
    expect(written.join("\n")).toContain("Camille AUBERT");
    expect(filesWith(ward.directory, canary)).toEqual([]);
    const own = readdirSync(tmpdir()).filter(name => name.startsWith("wardkey"));
    expect(own.flatMap(name => filesWith(join(tmpdir(), name), canary))).toEqual([]);
    expect(written.filter(line => line.includes(canary))).toEqual([]);
  });
});
