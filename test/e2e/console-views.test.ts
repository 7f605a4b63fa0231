import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { languages } from "../../core/language.ts";
import { consoleViews } from "../../demo/screens/console-views.ts";
import { showConsole } from "../../demo/screens/draw-console.ts";
import { openDemonstrationAuthority } from "../../native-bindings/simulator/authority/demonstration-authority.ts";
import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";
import { findChromium } from "../../native-bindings/workstation/find-chromium.ts";

const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];

let browser: Browser;

beforeAll(async () => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("no Chromium");
  browser = await chromium.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-quic", "--disable-background-networking"],
  });
});
afterAll(() => browser.close());

function someCertificate(): Uint8Array {
  const directory = mkdtempSync(join(tmpdir(), "wardkey-views-"));
  try {
    const [card] = demonstrationCards;
    if (card === undefined) throw new Error("no card");
    return openDemonstrationAuthority(join(directory, "pki"), Date.now()).keysOf(card).authentication.certificate;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

describe.each(["light", "night"])("every console screen, %s", theme => {
  test.each(Object.entries(consoleViews(someCertificate())))("%s: axe objects to nothing", async (_name, view) => {
    const context = await browser.newContext({ viewport: { width: 1024, height: 768 } });
    try {
      const page = await context.newPage();
      await page.addInitScript(colours => {
        localStorage.setItem("theme", colours);
        localStorage.setItem("language", "fr");
      }, theme);
      await showConsole(page, view);
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(" | ")}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    } finally {
      await context.close();
    }
  });
});

test("the console offers every language by its own name, and speaks the one that is chosen", async () => {
  const view = consoleViews(someCertificate())["console-live"];
  if (view === undefined) throw new Error("no view console-live");
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, locale: "es-ES" });
  try {
    const page = await context.newPage();
    await showConsole(page, view);
    await page.getByRole("heading", { name: "En directo" }).waitFor();
    const choice = page.getByRole("combobox", { name: "Idioma" });
    expect(await choice.locator("option").allTextContents()).toEqual(Object.values(languages));
    await choice.selectOption("ca");
    await page.getByRole("heading", { name: "En directe" }).waitFor();
    expect(await page.getAttribute("html", "lang")).toBe("ca");
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
  } finally {
    await context.close();
  }
});
