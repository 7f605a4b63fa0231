import type { WorkstationProcess } from "../workstation/workstation-process.ts";
import type { ScenarioRun } from "./scenario-run.ts";

/** The session is there by the card's presence alone; an application that demands the PIN gets no for an answer, then the PIN. */
export async function demandThePin(run: ScenarioRun, workstation: WorkstationProcess, pin: string): Promise<void> {
  const acts = () =>
    run.ward.broker.records().flatMap(({ act, code }) => (act.startsWith("step-up-") ? [code ?? act] : []));
  const asked = () => run.screen(workstation, "pin", screen => screen.askedBy === "Prescriptions");
  const inFront = async (words: string) => {
    const { front } = await workstation.look();
    return front.kind === "application" && (await workstation.look()).text.includes(words);
  };
  await run.step(
    "Prescriptions demands the PIN: it is asked for in the window, in front of the applications",
    async () => {
      await workstation.showWindow();
      await workstation.click('[data-application="prescriptions"]');
      const screen = await asked();
      run.same([screen.holder.displayName, screen.triesLeft], ["Camille AUBERT", 3], "who is asked");
      run.same(workstation.front().kind, "window", "what is in front");
    },
  );
  await run.step("cancelled: the application is told no, and the session stays as it was", async () => {
    await run.pinField(workstation);
    await workstation.press("Escape");
    await run.until("the application's refusal", () => inFront("access_denied"));
    run.same((await run.screen(workstation, "portal")).means, "card-presence", "means");
    run.same(acts(), ["step-up-asked", "step-up-cancelled"], "step-ups in the trail");
    return "step-up-cancelled";
  });
  await run.step("the PIN typed there: the application opens at the level that it demands", async () => {
    // By key: a click waits for its page to come to rest, and this one goes behind the window while it is clicked.
    await workstation.press("Tab", "Enter");
    await asked();
    await run.type(workstation, pin);
    await run.until("the application at its level", () => inFront("urn:wardkey:assurance:high"));
    run.same((await run.screen(workstation, "portal")).means, "card-pin", "means");
    run.same(acts().slice(2), ["step-up-asked", "step-up-done"], "step-ups in the trail");
  });
}
