import type { View } from "../../protocol/window/view.ts";
import type { Ward } from "../ward/ward.ts";
import type { WorkstationProcess } from "../workstation/workstation-process.ts";

export interface StepResult {
  readonly name: string;
  readonly ok: boolean;
  readonly ms: number;
  readonly code?: string;
  readonly problem?: string;
}

type Screen = View["screen"];
type ScreenNamed<Name extends Screen["name"]> = Extract<Screen, { name: Name }>;

/** What a step needs to say what should be: each waits for what it names, and throws where it does not come. */
export class ScenarioRun {
  readonly ward: Ward;
  readonly steps: StepResult[] = [];
  readonly #report: (step: StepResult) => void;

  constructor(ward: Ward, report: (step: StepResult) => void) {
    this.ward = ward;
    this.#report = report;
  }

  get a(): WorkstationProcess {
    return this.#workstation(0);
  }

  get b(): WorkstationProcess {
    return this.#workstation(1);
  }

  /** One step; its answer, where it is a text, is the code that was expected and seen. A step that fails ends the scenario. */
  async step(name: string, act: () => Promise<unknown>): Promise<void> {
    const started = performance.now();
    const result = await act().then(
      code => ({ ok: true, ...(typeof code === "string" ? { code } : {}) }),
      (problem: unknown) => ({ ok: false, problem: problem instanceof Error ? problem.message : String(problem) }),
    );
    const step = { name, ms: Math.round(performance.now() - started), ...result };
    this.steps.push(step);
    this.#report(step);
    if (!result.ok) throw new Error(`${name}: ${"problem" in result ? result.problem : ""}`);
  }

  async insert(card: string, workstation: WorkstationProcess): Promise<void> {
    await this.ward.card(card).insert(this.ward.portOf(this.ward.workstations.indexOf(workstation)));
  }

  async remove(card: string): Promise<void> {
    await this.ward.card(card).remove();
  }

  /** Waits until the workstation shows this screen. */
  screen<Name extends Screen["name"]>(
    workstation: WorkstationProcess,
    name: Name,
    where: (screen: ScreenNamed<Name>) => boolean = () => true,
  ): Promise<ScreenNamed<Name>> {
    return workstation
      .viewWhere(`screen ${name}`, view =>
        view.screen.name === name && where(view.screen as ScreenNamed<Name>)
          ? (view.screen as ScreenNamed<Name>)
          : undefined,
      )
      .catch(problem => {
        throw new Error(
          `${workstation.name} shows ${JSON.stringify(workstation.view()?.screen)} where ${name} was expected (${problem instanceof Error ? problem.message : problem})`,
        );
      });
  }

  /** Waits for trouble; answers its code. */
  async trouble(workstation: WorkstationProcess, code: string): Promise<string> {
    return (await this.screen(workstation, "trouble", screen => screen.code === code)).code;
  }

  /** Types a PIN as a person does, on the keyboard, into the window. */
  async type(workstation: WorkstationProcess, pin: string): Promise<void> {
    const asked = await this.screen(workstation, "pin");
    if (asked.confirmLastTry) {
      await workstation.click("section.last-try button.primary");
      await this.screen(workstation, "pin", screen => !screen.confirmLastTry);
    }
    await this.pinField(workstation);
    await workstation.press(...pin);
    // The moment between the last digit and the key that confirms.
    await new Promise(resolve => setTimeout(resolve, 200));
    await workstation.press("Enter");
  }

  /** Waits until the question for the PIN is drawn, as a person would. */
  async pinField(workstation: WorkstationProcess): Promise<void> {
    await workstation.click("section.pin .who h1");
  }

  /** The codes of the refusals in the trail, oldest first. */
  denials(): string[] {
    return this.ward.broker
      .records()
      .filter(record => record.act === "sign-in-denied")
      .map(record => record.code ?? "");
  }

  /** Waits until the trail holds this refusal as its newest. */
  async denied(code: string, before: number): Promise<string> {
    await this.until(`a record of ${code}`, async () => this.denials().length > before);
    const added = this.denials().slice(before);
    this.same(added, [code], "refusals in the trail");
    return code;
  }

  async until(what: string, check: () => Promise<boolean>, limitMs = 10_000): Promise<void> {
    const end = performance.now() + limitMs;
    while (performance.now() < end) {
      if (await check()) return;
      await new Promise(resolve => setTimeout(resolve, 25));
    }
    throw new Error(`${what} did not come within ${limitMs} ms`);
  }

  same(found: unknown, expected: unknown, what: string): void {
    const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
    if (a !== b) throw new Error(`${what}: ${a} where ${b} was expected`);
  }

  #workstation(index: number): WorkstationProcess {
    const workstation = this.ward.workstations[index];
    if (workstation === undefined) throw new Error("the ward has no such workstation");
    return workstation;
  }
}
