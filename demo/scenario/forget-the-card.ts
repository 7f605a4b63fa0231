import { drawPassword, groupedPassword, isWholePassword } from "../../core/fallback/temporary-password.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";
import { consoleApplication } from "../../protocol/broker/console/console-application.ts";
import { physicianActivities } from "../ward/ward-directory.ts";
import type { WorkstationProcess } from "../workstation/workstation-process.ts";
import type { ScenarioRun } from "./scenario-run.ts";

const nurse = demonstrationCards.find(({ id }) => id === "nurse");
/** Without accents: as it is typed on the keys of a cart. */
const name = `${nurse?.familyName} ${nurse?.givenName}`.normalize("NFKD").replaceAll(/\p{Mark}/gu, "");
const reason = "carte au domicile";

/** A nurse without her card calls the helpdesk, which is the physician at the other workstation; then her card is back. */
export async function forgetTheCard(run: ScenarioRun, physicianPin: string): Promise<void> {
  const { ward, a, b } = run;
  const records = (act: TrailRecord["act"]) => ward.broker.records().filter(record => record.act === act);
  let password = "";

  await run.step("fallback: the nurse works with her card, and then is without it", async () => {
    for (const one of [a, b])
      await one.viewWhere("connection", view => (view.connection === "connected" ? true : undefined));
    await run.insert("nurse", b);
    await run.type(b, nurse?.pin ?? "");
    await run.screen(b, "portal", ({ means }) => means === "card-pin");
    await run.remove("nurse");
    await run.screen(b, "covered");
  });
  await run.step("helpdesk: opens the console by card", async () => {
    await run.until("the directory in the trail", async () => records("directory-synced").length > 0);
    await run.insert("physician", a);
    await run.type(a, physicianPin);
    await run.screen(a, "activity", screen => !screen.working);
    await a.click(`[data-activity="${physicianActivities[0].id}"]`);
    await run.screen(a, "portal");
    await a.click(`[data-application="${consoleApplication.id}"]`);
    await run.until("the console in front", async () => a.front().kind === "application");
    await a.click('a[href="/console/fallback"]');
  });
  await run.step("helpdesk: finds the holder who calls", async () => {
    await a.click('#content input[type="search"]');
    await a.press(...(nurse?.familyName ?? ""));
    await a.click(".found a");
    await run.until("the holder's page", async () => (await a.look()).text.includes(nurse?.nationalId ?? ""));
  });
  await run.step("helpdesk: checks, gives the reason, and the password is shown once", async () => {
    await a.click(".fallback-request fieldset label");
    await a.click(".fallback-request > label input");
    await a.press(...reason, "Enter");
    await run.until("the password", async () => {
      const { text } = await a.look();
      const [, ...groups] = /\b([2-9A-Z]{5})\s+([2-9A-Z]{5})\s+([2-9A-Z]{5})\b/u.exec(text) ?? [];
      password = groups.join("");
      return isWholePassword(password);
    });
  });
  await run.step("fallback: a wrong password opens nothing, and the answer does not say why", async () => {
    await b.click("button.quiet");
    await run.screen(b, "password");
    await typeInto(
      b,
      name,
      drawPassword(() => 0),
    );
    const screen = await run.screen(b, "password", ({ problem }) => problem !== undefined);
    return screen.problem;
  });
  await run.step(
    "fallback: name and password open a session with fewer applications, and say what is left",
    async () => {
      // Once the answer is drawn; the name stands there still.
      await b.click(".password .problem");
      await b.click("#temporary-password");
      await b.press(...groupedPassword(password), "Enter");
      const portal = await run.screen(b, "portal");
      run.same(
        [portal.means, portal.temporaryAccess?.reason, portal.temporaryAccess?.left],
        ["temporary-password", reason, 19],
        "the banner",
      );
      run.same(
        portal.tiles.filter(({ unavailable }) => unavailable === undefined).map(({ id }) => id),
        ["care-plan"],
        "what opens without the card",
      );
      if (!portal.tiles.some(({ unavailable }) => unavailable?.reason === "means"))
        throw new Error("no application says that it asks for the card");
    },
  );
  await run.step("fallback: what opens is told that it is less than a card", async () => {
    await b.click('[data-application="care-plan"]');
    await run.until("the application at its level", async () =>
      (await b.look()).text.includes("urn:wardkey:assurance:low"),
    );
  });
  await run.step("fallback: the card is back: it ends at once, and its holder is told who issued it", async () => {
    await run.insert("nurse", b);
    await run.type(b, nurse?.pin ?? "");
    await run.screen(b, "portal", ({ means }) => means === "card-pin");
    const by = await b.viewWhere("receipt", view =>
      view.receipt?.kind === "temporary-access-issued" ? view.receipt.by : undefined,
    );
    run.same(by, "Camille AUBERT", "who issued it");
  });
  await run.step("fallback: the password opens nothing any more", async () => {
    await run.remove("nurse");
    await run.screen(b, "covered");
    await b.click("button.quiet");
    await run.screen(b, "password");
    await typeInto(b, name, password);
    return (await run.screen(b, "password", ({ problem }) => problem !== undefined)).problem;
  });
  await run.step("trail: who asked, who used it, what was refused and why it ended stand in it", async () => {
    run.same(
      ward.broker.records().flatMap(({ act }) => (act.startsWith("fallback-") ? [act] : [])),
      [
        "fallback-requested",
        "fallback-issued",
        "fallback-denied",
        "fallback-used",
        "fallback-ended",
        "fallback-denied",
      ],
      "acts",
    );
    run.same(
      [records("fallback-issued")[0]?.by, records("fallback-ended")[0]?.detail, records("fallback-used")[0]?.assurance],
      [demonstrationCards.find(({ id }) => id === "physician")?.nationalId, "ended-by-card", "low"],
      "by whom, why, and what it is worth",
    );
    if (JSON.stringify(ward.broker.records()).includes(password)) throw new Error("the password stands in the trail");
  });
}

async function typeInto(workstation: WorkstationProcess, who: string, password: string): Promise<void> {
  await workstation.click("#who");
  await workstation.press(...who, "Tab", ...groupedPassword(password), "Enter");
}
