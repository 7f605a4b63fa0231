import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { drawPassword, groupedPassword } from "../../core/fallback/temporary-password.ts";
import { languages } from "../../core/language.ts";
import { namedViews } from "../../demo/screens/named-views.ts";
import { WindowServer } from "../../electron/main/kiosk/window-server.ts";
import { windowFolder } from "../../electron/main/window-folder.ts";
import type { Intent, ToWindow } from "../../protocol/window/messages.ts";
import type { View } from "../../protocol/window/view.ts";
import { launchBrowser } from "../integration/support/launch-browser.ts";

let browser: Browser;
let server: WindowServer | undefined;
let page: Page;
/** What the person wants; beside it, how often the window said that somebody uses it. */
let intents: Intent[];
let stirs: number;
let tell: (message: ToWindow) => void = () => {};

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

afterEach(async () => {
  await page.context().close();
  await server?.close();
});

/** The built window, as the kiosk host serves it, showing one view. */
async function show(view: View, size = { width: 1280, height: 800 }, locale = "fr"): Promise<void> {
  intents = [];
  stirs = 0;
  server = await WindowServer.start({
    folder: windowFolder,
    peer: {
      view: () => view,
      subscribe(listener) {
        tell = listener;
        listener({ type: "snapshot", view });
        return () => {};
      },
      intend(intent) {
        if (intent.type === "stir") stirs += 1;
        else intents.push(intent);
      },
    },
    onWindow() {},
  });
  const context = await browser.newContext({ viewport: size, locale });
  page = await context.newPage();
  await page.goto(server.address());
  await page.locator(`[data-screen="${view.screen.name}"]`).waitFor();
}

/** Whether something lies over the middle of what has the focus. */
function covered(): Promise<boolean> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    const { left, top, width, height } = focused?.getBoundingClientRect() ?? new DOMRect();
    return focused?.contains(document.elementFromPoint(left + width / 2, top + height / 2)) !== true;
  });
}

async function intended(): Promise<Intent> {
  await expect.poll(() => intents.length).toBeGreaterThan(0);
  return intents.at(-1) as Intent;
}

const pinView = namedViews["pin"] as View;
const portalView = namedViews["portal"] as View;

describe("the cover", () => {
  test.each(Object.values(languages))(
    "with every way in without a card fits a thin client's screen: %s",
    async language => {
      const view = namedViews["cover-emergency"] as View;
      const workstation = { ...view.workstation, federation: "Pro Santé Connect (e-CPS)" };
      await show({ ...view, workstation }, { width: 1024, height: 768 });
      await page.getByRole("button", { name: language }).click();
      expect(await page.locator(".without-card button").count()).toBe(3);
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollHeight)).toBe(768);
    },
  );
});

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

describe("a temporary password", () => {
  const passwordView = namedViews["password"] as View;
  const password = drawPassword(limit => limit - 2);
  const ready = () => page.getByRole("button", { name: "Se connecter" }).isEnabled();

  test("is typed after the name, stands nowhere in the page unless it is asked for, and goes out once", async () => {
    await show(passwordView);
    await page.keyboard.type("Inès Morel");
    await page.keyboard.press("Tab");
    await page.keyboard.type(groupedPassword(password).toLowerCase());
    const everything = () => page.evaluate(() => document.documentElement.outerHTML + JSON.stringify(localStorage));
    expect(await everything()).not.toContain(password.slice(0, 5));
    await page.getByRole("button", { name: "Montrer le mot de passe" }).click();
    await expect.poll(() => page.getByLabel("Mot de passe temporaire").inputValue()).toBe(groupedPassword(password));
    await page.getByLabel("Mot de passe temporaire").press("Enter");
    expect(await intended()).toEqual({
      type: "submit-password",
      question: 1,
      who: "Inès Morel",
      password: [...password].map(sign => sign.charCodeAt(0)),
    });
  });

  test("is typed by large keys, and what was misheard is said before anything is sent", async () => {
    await show(passwordView, { width: 1024, height: 768 });
    const keys = page.locator(".letters button");
    const sizes = await keys.evaluateAll(all => all.map(key => Math.min(key.clientHeight, key.clientWidth)));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
    const press = (sign: string) => page.locator(".letters").getByText(sign, { exact: true }).click();
    for (const sign of "INES") await press(sign);
    await page.getByLabel("Mot de passe temporaire").click();
    expect(await page.locator(".letters").getByText("O", { exact: true }).isDisabled()).toBe(true);
    for (const sign of password.slice(0, -1)) await press(sign);
    const wrong = password.endsWith("2") ? "3" : "2";
    await press(wrong);
    await expect.poll(() => page.locator(".typed").textContent()).toContain("n’est pas le bon");
    expect(await ready()).toBe(false);
    await page.getByRole("button", { name: "Corriger" }).click();
    await press(password.slice(-1));
    expect(await ready()).toBe(true);
    await page.getByRole("button", { name: "Se connecter" }).click();
    expect(await intended()).toMatchObject({ type: "submit-password", who: "INES" });
  });
});

describe("an emergency", () => {
  const reason = { kind: "vital", words: "arrêt cardiaque" };

  test("from the cover: by keyboard alone, a name, a kind and words; nothing goes out before all three are there", async () => {
    await show(namedViews["cover-emergency"] as View);
    await page.getByRole("button", { name: "Accès d’urgence" }).click();
    expect(await intended()).toEqual({ type: "sign-in-by-break-glass" });
    await page.context().close();
    await server?.close();
    await show(namedViews["break-glass"] as View, { width: 1024, height: 768 });
    const open = page.getByRole("button", { name: "Ouvrir l’accès d’urgence" });
    await page.keyboard.type("Inès Morel");
    await page.keyboard.press("Tab");
    await page.keyboard.type(reason.words);
    await page.keyboard.press("Enter");
    expect(await open.isEnabled()).toBe(false);
    expect(intents).toEqual([]);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    expect(await intended()).toEqual({ type: "submit-break-glass", question: 1, who: "Inès Morel", ...reason });
  });

  test("from the cover: by large keys, into the field that was touched last", async () => {
    await show(namedViews["break-glass"] as View, { width: 1024, height: 768 });
    const press = (sign: string) => page.locator(".letters").getByText(sign, { exact: true }).click();
    for (const sign of "INES") await press(sign);
    await page.getByText("Continuité des soins").click();
    await page.getByLabel("En quelques mots").click();
    for (const sign of "LIT") await press(sign);
    await page.getByRole("button", { name: "Ouvrir l’accès d’urgence" }).click();
    expect(await intended()).toMatchObject({ who: "INES", kind: "continuity", words: "LIT" });
  });

  test("at a place without it the cover has no such way", async () => {
    await show(namedViews["cover-forgotten-card"] as View);
    expect(await page.getByRole("button", { name: "Accès d’urgence" }).count()).toBe(0);
  });

  test("from the portal: the tile asks why first, and can be left; then the PIN is asked for elsewhere", async () => {
    await show(namedViews["portal-emergency"] as View);
    const tile = page.locator('[data-application="laboratory"]');
    expect(await tile.textContent()).toContain("En cas d’urgence");
    await tile.click();
    await page.keyboard.press("Escape");
    expect(intents).toEqual([]);
    await tile.click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByRole("button", { name: "Continuer avec mon code" }).isEnabled()).toBe(false);
    await dialog.getByText("Urgence vitale").click();
    await dialog.getByLabel("En quelques mots").fill(reason.words);
    await page.keyboard.press("Enter");
    expect(await intended()).toEqual({ type: "break-glass", application: "laboratory", ...reason });
    expect(await dialog.count()).toBe(0);
  });

  test("while a glass is broken the portal says whose, why and how long, and ends it at once", async () => {
    await show(namedViews["portal-glass-claimed"] as View);
    const band = page.getByRole("complementary", { name: "Accès d’urgence" });
    expect(await band.textContent()).toContain("identité non vérifiée");
    expect(await band.textContent()).toMatch(/Encore 2\d min \d\d/u);
    await band.getByRole("button", { name: "Y mettre fin" }).click();
    expect(await intended()).toEqual({ type: "end-break-glass" });
  });
});

describe("a password of the hospital's account", () => {
  const usualView = namedViews["password-usual"] as View;
  const password = "Pâté & {croûte} 42";

  test("takes any signs, hides them until it is asked, and goes out once, as UTF-8", async () => {
    await show(usualView);
    await page.keyboard.type("i.morel");
    await page.keyboard.press("Tab");
    expect(await page.getByRole("button", { name: "Se connecter" }).isEnabled()).toBe(false);
    await page.keyboard.insertText(password);
    const field = page.getByLabel("Mot de passe de l’hôpital");
    expect(await field.getAttribute("type")).toBe("password");
    await page.getByRole("button", { name: "Montrer le mot de passe" }).click();
    expect(await field.getAttribute("type")).toBe("text");
    await field.press("Enter");
    expect(await intended()).toEqual({
      type: "submit-password",
      question: 1,
      who: "i.morel",
      password: [...new TextEncoder().encode(password)],
    });
    expect(await field.inputValue()).toBe("");
    const everything = await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify(localStorage));
    expect(everything).not.toContain("croûte");
  });

  test("is chosen where the helpdesk's counts too, and is not offered where it does not count", async () => {
    await show(namedViews["password-either"] as View);
    expect(await page.getByLabel("Mot de passe temporaire").count()).toBe(1);
    await page.getByRole("button", { name: "Mot de passe de l’hôpital" }).click();
    expect(await page.getByLabel("Mot de passe temporaire").count()).toBe(0);
    expect(await page.locator("#usual-password").count()).toBe(1);
    await show(namedViews["password"] as View);
    expect(await page.getByRole("button", { name: "Mot de passe de l’hôpital" }).count()).toBe(0);
    expect(await page.locator("#usual-password").count()).toBe(0);
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
    expect(await page.getByRole("heading", { level: 2 }).allTextContents()).toEqual([
      "Favoris",
      "Récemment ouvertes",
      "Soins",
      "Médicament",
      "Imagerie et biologie",
      "Secrétariat",
      "Vie de l’hôpital",
    ]);
    await page.keyboard.type("comptes rendus op");
    expect(await page.locator(".tile").count()).toBe(10);
    await page.getByRole("searchbox").fill("OPERATOIRES 4");
    await page.keyboard.press("Enter");
    expect(await intended()).toEqual({ type: "launch", application: "application-28" });
  });

  test("with eighty applications is gone through by arrows, one stop of the Tab key, Home and End", async () => {
    await show(namedViews["portal-many"] as View);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-application"));
    const shown = await page.locator(".tile").evaluateAll(all => all.map(one => one.getAttribute("data-application")));
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe(shown[0]);
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe(shown[1]);
    await page.keyboard.press("End");
    expect(await focused()).toBe(shown[79]);
    const last = page.locator(`[data-application="${shown[79]}"]`);
    expect(await last.evaluate(tile => tile.getBoundingClientRect().bottom < innerHeight)).toBe(true);
    await page.keyboard.press("ArrowUp");
    // What is reached lies under no heading.
    expect(await covered()).toBe(false);
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    expect(shown.indexOf((await focused()) ?? "")).toBeGreaterThan(2);
    await page.keyboard.press("Enter");
    expect(intents).toEqual([]);
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    expect(await intended()).toEqual({ type: "launch", application: shown[0] });
    await page.keyboard.press("ArrowUp");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("type"))).toBe("search");
    expect(await page.locator('.tile[tabindex="0"]').count()).toBe(1);
    await page.keyboard.press("Tab");
    expect(await focused()).toBe(shown[0]);
  });

  test("nothing moves while somebody searches: the ribbon stays, and Escape shows all again", async () => {
    await show(namedViews["portal-many"] as View);
    const top = () =>
      page
        .locator(".tile")
        .first()
        .evaluate(tile => tile.getBoundingClientRect().height);
    const before = await top();
    await page.keyboard.type("transf");
    expect(await top()).toBe(before);
    expect(await page.getByRole("heading", { level: 1 }).isVisible()).toBe(true);
    await page.keyboard.type("zz");
    await page.getByText("Aucune application ne correspond").waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    expect(await page.locator(".tile").count()).toBe(80);
    expect(intents).toEqual([]);
  });

  test("marks a favourite by its star and by key, and the focus goes with the tile", async () => {
    const view = namedViews["portal-many"] as View;
    await show(view);
    const id = "application-3";
    const star = page.locator("li", { has: page.locator(`[data-application="${id}"]`) }).locator(".star");
    await star.click();
    expect(await intended()).toEqual({ type: "mark-favourite", application: id, favourite: true });
    await page.locator(`[data-application="${id}"]`).focus();
    await page.keyboard.press("*");
    await expect.poll(() => intents.length).toBe(2);
    const screen = view.screen as Extract<View["screen"], { name: "portal" }>;
    const tiles = screen.tiles.map(tile => (tile.id === id ? { ...tile, favourite: true } : tile));
    tell({ type: "changed", revision: view.revision + 1, changes: { screen: { ...screen, tiles } } });
    await page.locator("section", { hasText: "Favoris" }).locator(`[data-application="${id}"]`).first().waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-application"))).toBe(id);
    await page.keyboard.press("*");
    await expect.poll(() => intents.at(-1)).toEqual({ type: "mark-favourite", application: id, favourite: false });
  });

  test("says what was left open at another workstation", async () => {
    await show(namedViews["portal-moved"] as View);
    expect(await page.locator(".tile").allTextContents()).toEqual([
      expect.stringContaining("Était ouverte sur URGENCES-07"),
      expect.stringContaining("Ouverte"),
      "PrescriptionsÉtait ouverte sur URGENCES-07 · Avec carte et code seulement",
      "Résultats de laboratoireAu laboratoire seulement.",
    ]);
  });

  test("shows the activity, and F2 or a click changes it; where there is but one, neither does", async () => {
    await show(namedViews["portal-activity"] as View);
    await page.keyboard.press("F2");
    await page.getByRole("button", { name: "Changer d’activité : Médecin – Libéral, Clinique du Cœur" }).click();
    await expect.poll(() => intents).toEqual([{ type: "change-activity" }, { type: "change-activity" }]);
    const { screen, revision } = namedViews["portal-activity"] as View;
    const single = { ...screen, activity: { label: "Médecin – Libéral", changeable: false } } as View["screen"];
    tell({ type: "changed", revision: revision + 1, changes: { screen: single } });
    await page.locator(".ribbon p", { hasText: "Médecin – Libéral" }).waitFor();
    await page.keyboard.press("F2");
    expect(intents).toHaveLength(2);
  });

  test.each([
    ["thin client", { width: 1024, height: 768 }],
    ["1280×800 at 200 %", { width: 640, height: 400 }],
    ["a narrow window at 200 %", { width: 512, height: 384 }],
  ])("%s: nothing is cut off sideways, and every target is large", async (_what, size) => {
    for (const name of ["portal-many", "portal-activity", "activity-change"]) {
      await show(namedViews[name] as View, size);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      const small = await page
        .locator("main button:visible, main input:visible")
        .evaluateAll(all =>
          all
            .filter(one => one.getBoundingClientRect().height < 48 || one.getBoundingClientRect().width < 48)
            .map(one => one.outerHTML),
        );
      expect(small).toEqual([]);
      if (name !== "activity-change") await page.context().close();
      if (name !== "activity-change") await server?.close();
    }
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

describe("nobody there", () => {
  const warnedView = namedViews["portal-idle"] as View;

  test("keys, pointer and wheel are told as use, about once a second at most", async () => {
    await show(portalView);
    for (const use of [
      () => page.keyboard.press("Shift"),
      () => page.mouse.move(300, 300),
      () => page.mouse.wheel(0, 40),
    ]) {
      const before = stirs;
      await use();
      await expect.poll(() => stirs).toBe(before + 1);
      await page.waitForTimeout(1_050);
    }
    const [before, startedAt] = [stirs, Date.now()];
    for (let move = 0; move < 40; move += 1) await page.mouse.move(300 + move, 300);
    await expect.poll(() => stirs).toBeGreaterThan(before);
    expect(stirs - before).toBeLessThanOrEqual(1 + Math.floor((Date.now() - startedAt) / 1_000));
  });

  test("what a script of the page does by itself is no use of it", async () => {
    await show(portalView);
    await page.waitForTimeout(1_200);
    expect(stirs).toBe(0);
  });

  test("the warning counts down, any sign is told at once, and it goes when the agent says so", async () => {
    await show({ ...warnedView, coversAt: Date.now() + 42_000 });
    const dialog = page.getByRole("alertdialog", { name: "Êtes-vous toujours là ?" });
    await expect.poll(() => dialog.textContent()).toMatch(/4[0-2] secondes/);
    await expect.poll(() => dialog.textContent()).toMatch(/3\d secondes/);
    await page.keyboard.press("Shift");
    await page.mouse.move(10, 10);
    await expect.poll(() => stirs).toBeGreaterThanOrEqual(2);
    tell({ type: "snapshot", view: portalView });
    await dialog.waitFor({ state: "detached" });
    expect(intents).toEqual([]);
  });
});

describe("the choice of an activity", () => {
  const choiceView = namedViews["activity-choice"] as View;

  test("has the focus on what was chosen last: Enter takes it, a number another one", async () => {
    await show(choiceView);
    await page.keyboard.press("Enter");
    expect(await intended()).toEqual({ type: "choose-activity", activity: "1003-hospital" });
    await page.keyboard.press("3");
    await expect.poll(() => intents.at(-1)).toEqual({ type: "choose-activity", activity: "1003-emergency" });
    await page.keyboard.press("9");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await expect.poll(() => intents.length).toBe(3);
    expect(intents.at(-1)).toEqual({ type: "choose-activity", activity: "1003-heart-clinic" });
  });

  test("says before a change which applications it closes, and can be left", async () => {
    await show(namedViews["activity-change"] as View);
    await page.getByText("Changer ferme Dossier patient, Imagerie").waitFor();
    await page.keyboard.press("Escape");
    expect(await intended()).toEqual({ type: "cancel" });
  });

  test("is not made twice while the broker is being told", async () => {
    await show({ ...choiceView, screen: { ...choiceView.screen, working: true } as View["screen"] });
    await page.keyboard.press("1");
    await page.locator("[data-activity]").first().click({ force: true });
    await page.getByRole("button", { name: "Verrouiller" }).click();
    await expect.poll(() => intents).toEqual([{ type: "lock" }]);
  });

  test("that could not be recorded says so, and is asked again", async () => {
    await show(namedViews["activity-unrecorded"] as View);
    await page.getByRole("alert").getByText("Serveur").waitFor();
    await page.keyboard.press("1");
    expect(await intended()).toEqual({ type: "choose-activity", activity: "1003-hospital" });
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
  test("every language is offered by its own name, and is a gloved finger's size", async () => {
    await show(namedViews["cover"] as View, { width: 1024, height: 768 });
    const buttons = page.locator("footer fieldset button");
    expect(await buttons.allTextContents()).toEqual(Object.values(languages));
    for (const button of await buttons.all()) {
      const box = await button.boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(48);
      expect(box?.width).toBeGreaterThanOrEqual(48);
    }
    expect(await page.locator('footer fieldset [aria-pressed="true"]').allTextContents()).toEqual(["Français"]);
  });

  test.each([
    ["es-ES", "es", "Inserte su tarjeta"],
    ["ca", "ca", "Inseriu la targeta"],
    ["de-DE", "fr", "Insérez votre carte"],
  ])("a workstation that was started in %s speaks %s until another is chosen", async (locale, code, invitation) => {
    await show(namedViews["cover"] as View, undefined, locale);
    await page.getByRole("heading", { name: invitation }).waitFor();
    expect(await page.getAttribute("html", "lang")).toBe(code);
  });

  test("a language is chosen by the keyboard alone", async () => {
    await show(namedViews["cover"] as View);
    await page.getByRole("button", { name: "Español" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Inserte su tarjeta" }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Español");
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

  test("the night is chosen once and kept", async () => {
    await show(namedViews["cover"] as View);
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const byDay = await ground();
    await page.getByRole("button", { name: "Mode nuit" }).click();
    const byNight = await ground();
    expect(byNight).not.toBe(byDay);
    await page.goto((server as WindowServer).address());
    await page.getByRole("button", { name: "Mode jour" }).waitFor();
    expect(await ground()).toBe(byNight);
  });
});
