import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { namedViews } from "../../demo/screens/named-views.ts";
import { WindowServer } from "../../electron/main/kiosk/window-server.ts";
import { windowFolder } from "../../electron/main/window-folder.ts";
import { findChromium } from "../../native-bindings/workstation/find-chromium.ts";
import type { Intent, ToWindow } from "../../protocol/window/messages.ts";
import type { View } from "../../protocol/window/view.ts";

let browser: Browser;
let server: WindowServer | undefined;
let page: Page;
let intents: Intent[];
let tell: (message: ToWindow) => void = () => {};

beforeAll(async () => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("no Chromium");
  browser = await chromium.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-quic", "--disable-background-networking"],
  });
});

afterAll(async () => {
  await browser.close();
});

afterEach(async () => {
  await page.context().close();
  await server?.close();
});

/** The built window, as the kiosk host serves it, showing one view. */
async function show(view: View, theme: "light" | "night" = "light"): Promise<void> {
  intents = [];
  server = await WindowServer.start({
    folder: windowFolder,
    peer: {
      view: () => view,
      subscribe(listener) {
        tell = listener;
        listener({ type: "snapshot", view });
        return () => {};
      },
      intend: intent => intents.push(intent),
    },
    onWindow() {},
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  await page.addInitScript(colours => localStorage.setItem("theme", colours), theme);
  await page.goto(server.address());
  await page.locator(`[data-screen="${view.screen.name}"]`).waitFor();
}

async function intended(): Promise<Intent> {
  await expect.poll(() => intents.length).toBeGreaterThan(0);
  return intents.at(-1) as Intent;
}

const pinView = namedViews["pin"] as View;
const portalView = namedViews["portal"] as View;

describe("the PIN", () => {
  test("is typed without a click, and stands nowhere in the page", async () => {
    await show(pinView);
    await page.keyboard.type("90731486");
    expect(await page.locator(".typed i[data-on=true]").count()).toBe(8);
    const everything = await page.evaluate(
      () =>
        document.documentElement.outerHTML +
        JSON.stringify(localStorage) +
        JSON.stringify(sessionStorage) +
        location.href,
    );
    expect(everything).not.toContain("90731486");
    expect(everything).toContain("AUBERT");
    await page.keyboard.press("Enter");
    expect(await intended()).toEqual({
      type: "submit-pin",
      question: 1,
      pin: [..."90731486"].map(digit => digit.charCodeAt(0)),
    });
    expect(await page.locator(".typed i[data-on=true]").count()).toBe(0);
  });

  test("is typed on the pad, corrected and cleared", async () => {
    await show(pinView);
    for (const key of ["1", "2", "3"]) await page.getByRole("button", { name: key, exact: true }).click();
    await page.getByRole("button", { name: "Corriger" }).click();
    expect(await page.locator(".typed i[data-on=true]").count()).toBe(2);
    await page.getByRole("button", { name: "Effacer" }).click();
    expect(await page.locator(".typed i[data-on=true]").count()).toBe(0);
  });

  test("is not sent while it is too short", async () => {
    await show(pinView);
    await page.keyboard.type("12345");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("button", { name: "Valider" }).isDisabled()).toBe(true);
    expect(intents).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await intended()).toEqual({ type: "cancel" });
  });

  test("is not asked for the last time without confirmation", async () => {
    await show(namedViews["pin-last-try"] as View);
    await page.keyboard.type("123456");
    await page.keyboard.press("Enter");
    expect(intents).toEqual([]);
    await page.getByRole("button", { name: "Je suis sûr de mon code" }).click();
    expect(await intended()).toEqual({ type: "confirm-last-try" });
  });

  test("starts empty at the next question", async () => {
    await show(pinView);
    await page.keyboard.type("1234");
    const screen = { ...pinView.screen, question: 2, triesLeft: 2, problem: "pin-wrong" } as View["screen"];
    tell({ type: "changed", revision: pinView.revision + 1, changes: { screen } });
    await page.getByText("Code refusé").waitFor();
    expect(await page.locator(".typed i[data-on=true]").count()).toBe(0);
    expect(await page.locator(".tries").textContent()).toContain("2 essais possibles");
  });
});

describe("the portal", () => {
  test("launches by number key, and finds by typing, accents or not", async () => {
    await show(portalView);
    await page.keyboard.press("2");
    expect(await intended()).toEqual({ type: "launch", application: "prescriptions" });
    await page.keyboard.type("resul");
    expect(await page.locator(".tile").allTextContents()).toEqual([
      expect.stringContaining("Résultats de laboratoire"),
    ]);
    await page.keyboard.press("9");
    expect(intents).toHaveLength(1);
  });

  test("says why an application stays closed, and launches it by no key and no click", async () => {
    await show(namedViews["portal-closed"] as View);
    expect(await page.locator(".tile").allTextContents()).toEqual([
      expect.stringContaining("Dossier patient"),
      expect.stringContaining("Imagerie"),
      "PrescriptionsAvec carte et code seulement",
      "Résultats de laboratoireAu laboratoire seulement.",
    ]);
    await page.keyboard.press("3");
    await page.locator('[data-application="prescriptions"]').click({ force: true });
    await page.keyboard.press("2");
    expect(await intended()).toEqual({ type: "launch", application: "imaging" });
    expect(intents).toHaveLength(1);
  });

  test("with eighty applications stands under headings, and Enter launches the first one found", async () => {
    await show(namedViews["portal-many"] as View);
    expect(await page.getByRole("heading", { level: 2 }).count()).toBe(5);
    await page.keyboard.type("appl");
    await page.getByRole("searchbox").fill("cation 77");
    await page.keyboard.press("Enter");
    expect(await intended()).toEqual({ type: "launch", application: "application-76" });
  });

  test("is worked by the keyboard alone, and ends only after a question", async () => {
    await show(portalView);
    await page.getByRole("button", { name: "Terminer" }).focus();
    await page.keyboard.press("Enter");
    expect(intents).toEqual([]);
    await page.getByRole("dialog").getByRole("button", { name: "Terminer" }).focus();
    await page.keyboard.press("Enter");
    expect(await intended()).toEqual({ type: "end-session" });
  });
});

describe("without an agent to believe", () => {
  test("the window covers itself when its channel is gone", async () => {
    await show(portalView);
    await server?.close();
    server = undefined;
    await page.locator('[data-screen="lost"]').waitFor();
    expect(await page.content()).not.toContain("AUBERT");
  });

  test("the window covers itself when it has missed a change", async () => {
    await show(portalView);
    tell({ type: "changed", revision: portalView.revision + 5, changes: {} });
    await page.locator('[data-screen="lost"]').waitFor();
  });
});

describe("for everybody", () => {
  const every = Object.entries(namedViews).flatMap(([name, view]) =>
    (["light", "night"] as const).map(theme => [name, theme, view] as const),
  );

  test.each(every)("%s, %s: nothing that axe would object to", async (_name, theme, view) => {
    await show(view, theme);
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    expect(
      violations.map(violation => `${violation.id}: ${violation.nodes.map(node => node.html).join(" | ")}`),
    ).toEqual([]);
  });

  test("English is chosen once and kept", async () => {
    await show(namedViews["cover"] as View);
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "Insert your card" }).waitFor();
    expect(await page.evaluate(() => [document.documentElement.lang, localStorage.getItem("language")])).toEqual([
      "en",
      "en",
    ]);
  });
});
