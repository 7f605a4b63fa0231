import { verifyTrailFile } from "../../broker/audit/trail-file.ts";
import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";
import { consoleApplication } from "../../protocol/broker/console/console-application.ts";
import { wardPlace } from "../ward/ward-broker.ts";
import { physicianActivities } from "../ward/ward-directory.ts";
import { demandThePin } from "./demand-the-pin.ts";
import type { ScenarioFacts } from "./scenario-facts.ts";
import type { ScenarioRun } from "./scenario-run.ts";

const wrongPin = "000000";
const pinOf = (id: string) => demonstrationCards.find(card => card.id === id)?.pin ?? "";

/** The whole way once: two workstations, two people, an application, and everything that can go wrong with a card. */
export async function goTheWholeWay(
  run: ScenarioRun,
  physicianPin: string,
  graceSeconds: number,
): Promise<ScenarioFacts> {
  const { ward, a, b } = run;
  let first = 0;
  let back = 0;
  let opened: unknown;
  const openTo = (tiles: readonly { id: string; unavailable?: object | undefined }[]) =>
    tiles.flatMap(({ id, unavailable }) => (unavailable === undefined ? [id] : []));
  const openIn = (tiles: readonly { id: string; open: boolean }[]) => tiles.map(({ id, open }) => [id, open]);
  let aheadMs = 0;
  const passGrace = async () => {
    aheadMs += (graceSeconds + 1) * 1000;
    await ward.passTime(graceSeconds + 1, aheadMs);
  };
  const idle = async () => {
    await run.until(
      "an empty reader",
      async () => a.view()?.reader.state === "empty" && b.view()?.reader.state === "empty",
    );
  };

  await run.step("A invites", async () => {
    await run.screen(a, "cover");
    await a.viewWhere("connection", view => (view.connection === "connected" ? true : undefined));
    await b.viewWhere("connection", view => (view.connection === "connected" ? true : undefined));
  });
  await run.step("card in at A: the PIN is asked for, tries left shown", async () => {
    await run.insert("physician", a);
    const pin = await run.screen(a, "pin");
    run.same([pin.holder.displayName, pin.triesLeft], ["Camille AUBERT", 3], "who is asked");
  });
  const [inHospital, inSurgery] = physicianActivities;
  await run.step("PIN at A: of two activities one has to be chosen first", async () => {
    await run.until("the directory in the trail", async () =>
      ward.broker.records().some(record => record.act === "directory-synced"),
    );
    await run.type(a, physicianPin);
    const asked = await run.screen(a, "activity", screen => !screen.working);
    run.same(
      [asked.activities.map(({ id }) => id), asked.present],
      [[inHospital.id, inSurgery.id], undefined],
      "the activities",
    );
  });
  await run.step("it is chosen: the portal opens under it, and the trail names it", async () => {
    await a.click(`[data-activity="${inSurgery.id}"]`);
    const portal = await run.screen(a, "portal");
    run.same(
      [portal.holder.profession, portal.activity, portal.means],
      ["Médecin", { label: inSurgery.label, changeable: true }, "card-pin"],
      "the portal's ribbon",
    );
    const chosen = ward.broker.records().filter(record => record.act === "activity-chosen");
    run.same(
      chosen.map(({ activity, place }) => [activity, place]),
      [[inSurgery.id, wardPlace.id]],
      "what was chosen",
    );
    run.same(
      openTo(portal.tiles),
      ["patient-record", "prescriptions", "imaging", "laboratory", consoleApplication.id],
      "a physician's applications, and the console that she administers",
    );
    run.same(
      portal.tiles.flatMap(({ id, unavailable }) => (unavailable === undefined ? [] : [[id, unavailable.reason]])),
      [["care-plan", "break-glass"]],
      "what opens to her in an emergency only",
    );
    first = (await ward.card("physician").status()).commands;
  });
  await run.step("an application opens without PIN, and knows its holder", async () => {
    await a.click('[data-application="patient-record"]');
    await run.until("the application in front", async () => a.front().kind === "application");
    await run.until("the holder's name in the application", async () =>
      (await a.look()).text.includes("Camille AUBERT"),
    );
    const { text } = await a.look();
    for (const claim of ["urn:wardkey:assurance:high", "sc pin mfa", "899700075064"]) {
      if (!text.includes(claim)) throw new Error(`the application does not show ${claim}`);
    }
    // She works in her surgery: the claims do not name the hospital of her other activity.
    if (text.includes(inHospital.structureName)) throw new Error("the claims are another activity's");
    opened = openIn((await run.screen(a, "portal", portal => portal.tiles.some(tile => tile.open))).tiles);
  });
  await run.step("card out: A is covered, the application is signed out", async () => {
    await run.remove("physician");
    await run.screen(a, "covered");
    await run.until("the window in front", async () => a.front().kind === "window");
    await run.until("a covered seat in the trail", async () =>
      ward.broker.records().some(record => record.act === "seat-covered"),
    );
  });
  await run.step("card in at B: the same session is there, without PIN", async () => {
    await run.insert("physician", b);
    const portal = await run.screen(b, "portal");
    run.same([portal.means, portal.activity?.label], ["card-presence", inSurgery.label], "means and activity");
    run.same(
      openIn((await run.screen(b, "portal", screen => screen.tiles.some(tile => tile.open))).tiles),
      opened,
      "the applications as they were",
    );
    back = (await ward.card("physician").status()).commands;
  });
  await run.step("B says where it came from; the application is open again", async () => {
    const from = await b.viewWhere("receipt", view =>
      view.receipt?.kind === "resumed-here" ? view.receipt.from : undefined,
    );
    run.same(from, a.name, "where the session came from");
    await run.until(
      "the holder's name in the application",
      async () => b.front().kind === "application" && (await b.look()).text.includes("Camille AUBERT"),
    );
  });
  await run.step("A says that the session moved", async () => {
    const to = await a.viewWhere("receipt", view =>
      view.receipt?.kind === "moved-away" ? view.receipt.to : undefined,
    );
    run.same(to, b.name, "where the session went");
    await run.screen(a, "cover");
  });
  await demandThePin(run, b, physicianPin);
  await run.step("after the grace window the PIN is asked for; wrong twice, then right", async () => {
    await run.remove("physician");
    await run.screen(b, "covered", screen => screen.graceUntil !== undefined);
    await passGrace();
    await run.insert("physician", b);
    for (const left of [3, 2]) {
      await run.screen(b, "pin", pin => pin.triesLeft === left);
      await run.type(b, wrongPin);
    }
    const last = await run.screen(b, "pin", pin => pin.triesLeft === 1);
    run.same([last.problem, last.confirmLastTry], ["pin-wrong", true], "the last try is confirmed first");
    await run.type(b, physicianPin);
    run.same((await run.screen(b, "portal")).means, "card-pin", "means");
    await run.until(
      "the application in front again",
      async () => b.front().kind === "application" && (await b.look()).text.includes("Camille AUBERT"),
    );
    return "pin-wrong";
  });
  await run.step("the nurse at A: her own, shorter portal, while the physician's session lives at B", async () => {
    await run.insert("nurse", a);
    await run.type(a, pinOf("nurse"));
    const portal = await run.screen(a, "portal");
    run.same(openTo(portal.tiles), ["patient-record", "care-plan"], "a nurse's applications");
    run.same(b.view()?.screen.name, "portal", "B");
    await run.remove("nurse");
    await run.remove("physician");
    await run.screen(a, "covered", screen => screen.graceUntil !== undefined);
    await run.screen(b, "covered", screen => screen.graceUntil !== undefined);
  });

  const refusals = [
    ["revoked", "certificate-revoked"],
    ["expired", "certificate-expired"],
    ["unknown-authority", "certificate-untrusted"],
  ] as const;
  for (const [card, code] of refusals) {
    await run.step(`${card} card: refused before any PIN`, async () => {
      const before = run.denials().length;
      await run.insert(card, a);
      await run.trouble(a, code);
      await run.denied(code, before);
      await run.remove(card);
      await idle();
      return code;
    });
  }
  await run.step("copied card, a certificate without its key: refused after the PIN", async () => {
    await passGrace();
    const before = run.denials().length;
    await run.insert("copied", a);
    await run.type(a, pinOf("copied"));
    await run.trouble(a, "card-signature-wrong");
    await run.denied("card-signature-wrong", before);
    await run.remove("copied");
    await idle();
    return "card-signature-wrong";
  });
  await run.step("card pulled while the PIN is typed: nothing opens", async () => {
    const before = run.denials().length;
    await run.insert("nurse", b);
    await run.screen(b, "pin");
    await run.pinField(b);
    await b.press("2", "7", "1");
    await run.remove("nurse");
    await idle();
    return run.denied("sign-in-abandoned", before);
  });
  await run.step("card pulled while it signs: nothing opens", async () => {
    const before = run.denials().length;
    await run.insert("nurse", b);
    await ward.card("nurse").pullAt("sign");
    await run.type(b, pinOf("nurse"));
    await idle();
    return run.denied("card-removed", before);
  });
  const covered = () => ward.broker.records().filter(record => record.act === "seat-covered").length;
  await run.step("card pulled before the broker answers: what it opened is covered at once", async () => {
    const before = run.denials().length;
    const coveredBefore = covered();
    await run.insert("nurse", b);
    await run.screen(b, "pin");
    await run.pinField(b);
    await b.press(...pinOf("nurse"));
    await ward.broker.hold(true);
    await b.press("Enter");
    await run.screen(b, "working", screen => screen.stage === "opening");
    await run.remove("nurse");
    await idle();
    await ward.broker.hold(false);
    await run.until("the late seat covered", async () => covered() > coveredBefore);
    await run.screen(b, "covered");
    return run.denied("answer-too-late", before);
  });
  await run.step("broker stopped: refused with a clear message", async () => {
    await ward.broker.stop();
    await run.insert("nurse", a);
    return run.trouble(a, "broker-unreachable");
  });
  await run.step(
    "broker back: the card that is still in goes on by itself, to the session that was alive",
    async () => {
      await ward.broker.start();
      await run.screen(a, "portal");
      const before = covered();
      await run.remove("nurse");
      await run.screen(a, "covered");
      await run.until("the cover in the trail", async () => covered() > before);
    },
  );
  let records = 0;
  await run.step("the trail is whole", async () => {
    const verdict = verifyTrailFile(ward.broker.store);
    if (!verdict.intact) throw new Error(`record ${verdict.sequence} is ${verdict.problem}`);
    records = verdict.records;
  });
  return { apdus: { first, return: back }, trail: { records, verified: true } };
}
