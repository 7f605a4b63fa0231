import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";
import { consoleApplication } from "../../protocol/broker/console/console-application.ts";
import type { WorkstationProcess } from "../workstation/workstation-process.ts";
import type { ScenarioRun } from "./scenario-run.ts";

const nurse = demonstrationCards.find(({ id }) => id === "nurse");
const physician = demonstrationCards.find(({ id }) => id === "physician");
/** Without accents: as it is typed on the keys of a cart. */
const name = `${nurse?.familyName} ${nurse?.givenName}`.normalize("NFKD").replaceAll(/\p{Mark}/gu, "");
const words = "lit 12, arret cardiaque";

/**
 * Two emergencies of the nurse, without her card and with it; the physician at the other workstation, whose console is open, has one of
 * her own, and reviews the nurse's.
 */
export async function breakTheGlass(run: ScenarioRun, physicianPin: string): Promise<void> {
  const { ward, a, b } = run;
  const records = (act: TrailRecord["act"]) => ward.broker.records().filter(record => record.act === act);
  const endOf = (record: TrailRecord | undefined) => JSON.parse(record?.detail ?? "{}").end as string | undefined;

  await run.step("break-glass: without a card, a name that nobody proves opens what is open to a claim", async () => {
    // A key that comes before the window has drawn the refusal is nobody's.
    await run.until("a cover", async () => {
      await b.press("Escape");
      return b.view()?.screen.name === "covered";
    });
    await b.click("button.emergency-link");
    await run.screen(b, "break-glass");
    await b.click("#who");
    await b.press(...name);
    await typeReason(b);
    const portal = await run.screen(b, "portal");
    run.same([portal.means, portal.breakGlass?.identity], ["break-glass", "claimed"], "what the portal says of it");
    run.same(
      portal.tiles.filter(({ unavailable }) => unavailable === undefined).map(({ id }) => id),
      ["patient-record"],
      "what opens to a claim",
    );
    run.same(records("break-glass-opened").at(-1)?.identity, "claimed", "the identity in the trail");
  });
  await run.step("break-glass: what opens is told that nobody proved it", async () => {
    await b.click('[data-application="patient-record"]');
    await run.until("the application", async () => (await b.look()).text.includes("urn:wardkey:amr:claimed"));
  });
  await run.step("break-glass: her card is found: it ends what was claimed", async () => {
    await run.insert("nurse", b);
    // Within the grace window her card alone brings her own session back, which had waited meanwhile.
    await run.screen(b, "portal", ({ means }) => means === "card-presence");
    // Covered when a card came: what nobody has proved ends as soon as it is left.
    run.same(endOf(records("break-glass-ended").at(-1)), "session", "why it ended");
  });
  await run.step("break-glass: opened with her card: a reason and her PIN, and what was closed opens", async () => {
    const closed = await run.screen(b, "portal");
    const laboratory = closed.tiles.find(({ id }) => id === "laboratory");
    run.same(laboratory?.unavailable?.reason, "break-glass", "the tile");
    await b.click('[data-application="laboratory"]');
    await typeReason(b);
    await run.screen(b, "pin", ({ askedBy }) => askedBy === laboratory?.name);
    await run.type(b, nurse?.pin ?? "");
    await run.until("the application that was closed", async () => (await b.look()).text.includes("Potassium"));
    const opened = records("break-glass-opened").at(-1);
    run.same([opened?.means, opened?.assurance, opened?.identity], ["card-pin", "high", undefined], "her own proof");
    run.same(records("application-launched").at(-1)?.breakGlass, opened?.breakGlass, "the launch");
    run.same(records("break-glass-alarm").length, 1, "alarms: the second in her name");
  });
  await run.step("break-glass: the console says so on every page", async () => {
    await run.until("the banner", async () => (await a.look()).text.includes(`Accès d’urgence de ${nurse?.givenName}`));
  });
  await run.step("break-glass: ended by her: what it opened is closed, and nothing else is lost", async () => {
    await b.showWindow();
    await b.click("aside.glass button");
    const portal = await run.screen(b, "portal", ({ breakGlass }) => breakGlass === undefined);
    run.same(portal.means, "card-pin", "the session");
    run.same(portal.tiles.find(({ id }) => id === "laboratory")?.open, false, "the application");
    run.same(endOf(records("break-glass-ended").at(-1)), "person", "why it ended");
    await run.until("the application’s logout", async () =>
      records("application-signed-out").some(
        ({ detail, application }) => `${application} ${detail}` === "laboratory break-glass",
      ),
    );
  });
  await run.step("break-glass: the reviewer has one of her own", async () => {
    await a.showWindow();
    await a.click('[data-application="care-plan"]');
    await typeReason(a);
    await run.screen(a, "pin");
    await run.type(a, physicianPin);
    const portal = await run.screen(a, "portal", ({ breakGlass }) => breakGlass !== undefined);
    run.same(portal.breakGlass?.identity, "proved", "who she is");
    await run.until("the application that was closed", async () => (await a.look()).text.includes("Pansement"));
    await a.showWindow();
    await a.click("aside.glass button");
    await run.screen(a, "portal", ({ breakGlass }) => breakGlass === undefined);
  });
  await run.step("break-glass: she closes those of another; the review of her own is refused to her", async () => {
    await a.click(`[data-application="${consoleApplication.id}"]`);
    await run.until("the console in front", async () => a.front().kind === "application");
    await a.click('a[href="/console/break-glass"]');
    for (const left of [1, 0]) {
      await a.click(".row-acts button.primary");
      await a.click("dialog .findings label:nth-of-type(1)");
      await a.click("dialog form > label input");
      await a.press(..."vu avec le cadre", "Enter");
      await run.until("the review", async () => records("break-glass-reviewed").length === 2 - left);
      await run.until(
        "the list after it",
        async () => ((await a.look()).text.match(/\bRelire\b/gu) ?? []).length === left,
      );
    }
    const reviewed = records("break-glass-reviewed");
    run.same(
      reviewed.map(({ holder, by }) => [holder, by]),
      Array.from({ length: 2 }, () => [nurse?.nationalId, physician?.nationalId]),
      "who reviewed whose",
    );
    // Her own stands there, and nothing is offered for it; the broker compares the persons, too.
    await run.until("her own, without a review", async () => {
      const { text } = await a.look();
      return text.includes("à relire") && !/\bRelire\b/u.test(text);
    });
  });
}

async function typeReason(workstation: WorkstationProcess): Promise<void> {
  await workstation.click(".kinds label");
  await workstation.click("#emergency-words");
  await workstation.press(...words, "Enter");
}
