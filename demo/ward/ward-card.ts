import { commandLine } from "./command-line.ts";
import { ForkedProgram } from "./forked-program.ts";

export interface CardStatus {
  readonly inserted: boolean;
  readonly triesLeft: number;
  /** APDUs since the last insertion. */
  readonly commands: number;
}

type FromCard =
  | { readonly type: "ready" }
  | ({ readonly type: "answer"; readonly ok: boolean; readonly problem?: string } & Partial<CardStatus>);

/** A virtual card in a process of its own (`wardkey demo-card`). */
export class WardCard {
  readonly id: string;
  readonly #program: ForkedProgram<FromCard>;

  private constructor(id: string, program: ForkedProgram<FromCard>) {
    this.id = id;
    this.#program = program;
  }

  /** `more`: further words of the command. */
  static async start(id: string, pki: string, pin?: string, more: readonly string[] = []): Promise<WardCard> {
    const words = ["demo-card", "--card", id, "--pki", pki, ...(pin === undefined ? [] : ["--pin", pin]), ...more];
    const program = new ForkedProgram<FromCard>({ name: `card ${id}`, entry: commandLine, words });
    await program.next("start", message => (message.type === "ready" ? true : undefined));
    return new WardCard(id, program);
  }

  async insert(port: number): Promise<void> {
    await this.#command(`insert ${port}`);
  }

  async remove(): Promise<void> {
    await this.#command("remove");
  }

  /** Spends all of its PIN's tries. */
  async block(): Promise<void> {
    await this.#command("block");
  }

  /** The card leaves by itself when it is next asked for this. */
  async pullAt(moment: "verify" | "sign"): Promise<void> {
    await this.#command(`pull-at ${moment}`);
  }

  async status(): Promise<CardStatus> {
    const { inserted = false, triesLeft = 0, commands = 0 } = await this.#command("status");
    return { inserted, triesLeft, commands };
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }

  async #command(line: string): Promise<Partial<CardStatus>> {
    const answered = this.#program.next(line, message => (message.type === "answer" ? message : undefined));
    this.#program.send({ type: "command", line });
    const answer = await answered;
    if (!answer.ok) throw new Error(`card ${this.id}: ${line}: ${answer.problem}`);
    return answer;
  }
}
