import { fileURLToPath } from "node:url";
import type { Language } from "../../core/language.ts";
import type { MeasuredStage } from "../../electron/agent/stopwatch.ts";
import type { View } from "../../protocol/window/view.ts";
import type { DeskFrame, DeskFront, DeskInput, DeskWorkstation } from "../desk/desk-controls.ts";
import { ForkedProgram } from "../ward/forked-program.ts";
import type { FromWorkstation, ToWorkstation } from "./messages.ts";

export interface WorkstationProcessOptions {
  readonly id: string;
  readonly name: string;
  readonly placeName: string;
  /** Holds the enrolment. */
  readonly state: string;
  readonly reader: string;
  readonly language: Language;
  readonly onLine?: (line: string) => void;
}

/** What a page in front shows. */
export interface Seen {
  readonly front: DeskFront;
  readonly url: string;
  readonly text: string;
}

type Answer = Extract<FromWorkstation, { readonly request: number }>;
type Ask = Exclude<ToWorkstation, { readonly type: "input" | "screencast" | "clock-ahead" }>;
type WithoutRequest<T> = T extends unknown ? Omit<T, "request"> : never;

/** A workstation of the ward: a process of its own with its own agent, card host and headless Chromium. */
export class WorkstationProcess implements DeskWorkstation {
  readonly id: string;
  readonly name: string;
  readonly placeName: string;
  /** Every stage timed since the start, oldest first. */
  readonly stages: MeasuredStage[] = [];
  readonly #program: ForkedProgram<FromWorkstation>;
  readonly #listeners = new Set<(changed: "frame" | "view" | "front") => void>();
  #view: View | undefined;
  #front: DeskFront = { kind: "window" };
  #frame: DeskFrame | undefined;
  #requests = 0;

  private constructor(options: WorkstationProcessOptions) {
    this.id = options.id;
    this.name = options.name;
    this.placeName = options.placeName;
    this.#program = new ForkedProgram<FromWorkstation>({
      name: `workstation ${options.name}`,
      entry: fileURLToPath(new URL("./main.ts", import.meta.url)),
      words: ["--state", options.state, "--reader", options.reader, "--language", options.language],
      ...(options.onLine === undefined ? {} : { onLine: options.onLine }),
    });
    this.#program.subscribe(message => this.#take(message));
  }

  /** Resolves when its window is drawn. Rejects with the trouble that it tells. */
  static async start(options: WorkstationProcessOptions): Promise<WorkstationProcess> {
    const workstation = new WorkstationProcess(options);
    const trouble = await workstation.#program.next(
      "start",
      message => (message.type === "ready" || message.type === "trouble" ? message : undefined),
      40_000,
    );
    if (trouble.type === "ready") return workstation;
    await workstation.stop();
    throw new Error(`${options.name}: ${trouble.code}: ${trouble.detail}`);
  }

  view(): View | undefined {
    return this.#view;
  }

  front(): DeskFront {
    return this.#front;
  }

  frame(): DeskFrame | undefined {
    return this.#frame;
  }

  input(input: DeskInput): void {
    this.#send({ type: "input", input });
  }

  subscribe(listener: (changed: "frame" | "view" | "front") => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  screencast(on: boolean): void {
    this.#send({ type: "screencast", on });
  }

  clockAhead(ms: number): void {
    this.#send({ type: "clock-ahead", ms });
  }

  /** The first view, now or later, that `wanted` picks. */
  async viewWhere<Found>(what: string, wanted: (view: View) => Found | undefined, limitMs = 20_000): Promise<Found> {
    const now = this.#view === undefined ? undefined : wanted(this.#view);
    if (now !== undefined) return now;
    return await this.#program.next(
      what,
      message => (message.type === "view" ? wanted(message.view) : undefined),
      limitMs,
    );
  }

  async press(...keys: string[]): Promise<void> {
    await this.#done({ type: "press", keys });
  }

  async click(selector: string): Promise<void> {
    await this.#done({ type: "click", selector });
  }

  async showWindow(): Promise<void> {
    await this.#done({ type: "show-window" });
  }

  async look(): Promise<Seen> {
    const answer = await this.#ask({ type: "look" });
    if (answer.type !== "seen") throw new Error(`${this.name}: cannot see the page in front`);
    return { front: answer.front, url: answer.url, text: answer.text };
  }

  async screenshot(): Promise<Uint8Array> {
    const answer = await this.#ask({ type: "screenshot" });
    if (answer.type !== "screenshot-taken") throw new Error(`${this.name}: no picture of the page in front`);
    return answer.png;
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }

  async #done(ask: WithoutRequest<Ask>): Promise<void> {
    const answer = await this.#ask(ask);
    if (answer.type === "done" && answer.problem !== undefined) throw new Error(`${this.name}: ${answer.problem}`);
  }

  async #ask(ask: WithoutRequest<Ask>): Promise<Answer> {
    const request = ++this.#requests;
    const answer = this.#program.next(ask.type, message =>
      "request" in message && message.request === request ? message : undefined,
    );
    this.#send({ ...ask, request });
    return await answer;
  }

  #send(message: ToWorkstation): void {
    this.#program.send(message);
  }

  #take(message: FromWorkstation): void {
    switch (message.type) {
      case "view":
        this.#view = message.view;
        this.#tell("view");
        return;
      case "front":
        this.#front = message.front;
        this.#tell("front");
        return;
      case "frame":
        this.#frame = message.frame;
        this.#tell("frame");
        return;
      case "stage":
        this.stages.push({ stage: message.stage, ms: message.ms });
        return;
      case "ready":
      case "done":
      case "seen":
      case "screenshot-taken":
      case "trouble":
        return;
      default:
        message satisfies never;
    }
  }

  #tell(changed: "frame" | "view" | "front"): void {
    for (const listener of this.#listeners) listener(changed);
  }
}
