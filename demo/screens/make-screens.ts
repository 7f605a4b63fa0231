import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Page } from "playwright-core";
import { languageCodes } from "../../core/language.ts";
import { openDemonstrationAuthority } from "../../native-bindings/simulator/authority/demonstration-authority.ts";
import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";
import { findChromium } from "../../native-bindings/workstation/find-chromium.ts";
import { quietSwitches } from "../../native-bindings/workstation/quiet-switches.ts";
import type { View } from "../../protocol/window/view.ts";
import { consoleViews } from "./console-views.ts";
import { showConsole } from "./draw-console.ts";
import { showOwn } from "./draw-own.ts";
import { namedViews } from "./named-views.ts";
import { ownViews } from "./own-views.ts";
import { serveView } from "./serve-view.ts";

const help = `npm run screens [-- --only NAME[,NAME]] [-- --language CODE[,CODE]] [-- --to DIR]

Draws every screen of the window, of the console and of the holder's own pages, in each language, by day and night, at three sizes, into DIR (.cache/screens), as
NAME.LANGUAGE.THEME.SIZE.png.`;

const sizes = { "1024x768": [1024, 768], "1280x800": [1280, 800], "1920x1080": [1920, 1080] } as const;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    language: { type: "string" },
    to: { type: "string", default: ".cache/screens" },
    help: { type: "boolean", default: false },
  },
});

/** True where digits are being typed, so that the picture shows some. */
function isTyping({ screen, pinCare }: View): boolean {
  if (pinCare !== undefined) return pinCare.step === "typing" && !pinCare.confirmLastTry;
  if (screen.name === "second-factor") return screen.factors.includes("totp");
  return screen.name === "pin" && !screen.confirmLastTry && screen.onReader !== true;
}

async function drawWindow(page: Page, view: View, take: () => Promise<void>): Promise<void> {
  const server = await serveView(view);
  try {
    await page.goto(server.address());
    await page.locator(`[data-screen="${view.screen.name}"]`).waitFor();
    if (isTyping(view)) await page.keyboard.type("1234");
    await take();
  } finally {
    await server.close();
  }
}

/** The page as it stands, at each size. */
async function picture(page: Page, file: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  for (const [size, [width, height]] of Object.entries(sizes)) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(values.to, `${file}.${size}.png`) });
  }
}

/** The certificate of a card of the demonstration. */
function someCertificate(): Uint8Array {
  const directory = mkdtempSync(join(tmpdir(), "wardkey-screens-"));
  try {
    const authority = openDemonstrationAuthority(join(directory, "pki"), Date.now());
    const nurse = demonstrationCards.find(({ id }) => id === "nurse");
    if (nurse === undefined) throw new Error("no card nurse");
    return authority.keysOf(nurse).authentication.certificate;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

type Drawing = (page: Page, take: () => Promise<void>) => Promise<void>;

/** Every view of each face by name, with how it is drawn. */
function drawings(): readonly (readonly [string, Drawing])[] {
  return [
    ...Object.entries(namedViews).map(([name, view]): [string, Drawing] => [
      name,
      (page, take) => drawWindow(page, view, take),
    ]),
    ...Object.entries(consoleViews(someCertificate())).map(([name, view]): [string, Drawing] => [
      name,
      async (page, take) => {
        await showConsole(page, view);
        await take();
      },
    ]),
    ...Object.entries(ownViews).map(([name, view]): [string, Drawing] => [
      name,
      async (page, take) => {
        await showOwn(page, view);
        await take();
      },
    ]),
  ];
}

async function main(): Promise<number> {
  if (values.help) {
    console.log(help);
    return 0;
  }
  const only = values.only?.split(",");
  const wanted = values.language?.split(",") ?? languageCodes;
  mkdirSync(values.to, { recursive: true });
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("no Chromium was found");
  const browser = await chromium.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...quietSwitches],
  });
  let drawn = 0;
  for (const [name, draw] of drawings()) {
    if (only !== undefined && !only.includes(name)) continue;
    for (const language of wanted) {
      for (const theme of ["light", "night"]) {
        const page = await browser.newPage();
        await page.addInitScript(
          ([lang, colours]) => {
            localStorage.setItem("language", lang ?? "");
            localStorage.setItem("theme", colours ?? "");
          },
          [language, theme],
        );
        await draw(page, () => picture(page, `${name}.${language}.${theme}`));
        await page.close();
        drawn += Object.keys(sizes).length;
      }
    }
  }
  await browser.close();
  console.log(`wardkey: ${drawn} pictures in ${values.to}`);
  return 0;
}

process.exitCode = await main();
