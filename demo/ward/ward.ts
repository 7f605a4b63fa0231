import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Language } from "../../core/language.ts";
import { enrolWorkstation } from "../../electron/main/broker/enrolment.ts";
import { openDemonstrationAuthority } from "../../native-bindings/simulator/authority/demonstration-authority.ts";
import { applicationProfiles } from "../application/application-profile.ts";
import { WorkstationProcess } from "../workstation/workstation-process.ts";
import { ForkedProgram } from "./forked-program.ts";
import { freePorts } from "./free-ports.ts";
import { ensurePcscService, firstReaderPort, type PcscService, readerNames } from "./pcsc-service.ts";
import { WardBroker, wardPlace } from "./ward-broker.ts";
import { WardCard } from "./ward-card.ts";

export interface WardOptions {
  /** Where the demonstration authority is kept; made at first use. */
  readonly pki: string;
  readonly cards: readonly string[];
  /** PIN of a card where it is not the one printed on it. */
  readonly pins?: Readonly<Record<string, string>>;
  readonly language: Language;
  readonly graceSeconds: number;
  /** Without use, until the screen is covered; absent: as a house that says nothing has it. */
  readonly idleSeconds?: number;
  /** What the ward's programs write, line by line. */
  readonly onLine: (program: string, line: string) => void;
  /** Told before each part is started. */
  readonly onProgress: (what: string) => void;
}

const workstationNames = ["CARDIO-01", "CARDIO-02"] as const;
const applicationEntry = fileURLToPath(new URL("../application/main.ts", import.meta.url));

/**
 * The demonstration ward: pcscd with two virtual readers, cards, broker, two workstations and the applications, each a process
 * of its own that speaks to the others as in a hospital.
 */
export class Ward {
  readonly directory: string;
  readonly cards = new Map<string, WardCard>();
  readonly workstations: WorkstationProcess[] = [];
  #broker: WardBroker | undefined;
  readonly #options: WardOptions;
  readonly #applications: ForkedProgram<{ type: "listening" }>[] = [];
  #pcsc: PcscService | undefined;

  private constructor(options: WardOptions) {
    this.#options = options;
    this.directory = mkdtempSync(join(tmpdir(), "wardkey-ward-"));
  }

  static async start(options: WardOptions): Promise<Ward> {
    const ward = new Ward(options);
    try {
      await ward.#start();
    } catch (problem) {
      await ward.close();
      throw problem;
    }
    return ward;
  }

  /** Workstation identifiers, as the trail has them, with their names. */
  readonly enrolledNames = new Map<string, string>();

  get broker(): WardBroker {
    if (this.#broker === undefined) throw new Error("the ward has no broker yet");
    return this.#broker;
  }

  /** The TCP port of a workstation's reader. */
  portOf(workstation: number): number {
    return firstReaderPort + workstation;
  }

  card(id: string): WardCard {
    const card = this.cards.get(id);
    if (card === undefined) throw new Error(`the ward has no card ${id}`);
    return card;
  }

  /** Lets time pass for broker and workstations. */
  async passTime(seconds: number, aheadMs: number): Promise<void> {
    await this.broker.advance(seconds);
    for (const workstation of this.workstations) workstation.clockAhead(aheadMs);
  }

  async close(): Promise<void> {
    await Promise.all(this.workstations.map(workstation => workstation.stop()));
    await Promise.all([...this.cards.values()].map(card => card.stop()));
    await Promise.all(this.#applications.map(application => application.stop()));
    await this.#broker?.stop();
    await this.#pcsc?.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  async #start(): Promise<void> {
    const { onProgress, onLine, pki, graceSeconds, idleSeconds, language } = this.#options;
    onProgress("PC/SC service and virtual readers");
    this.#pcsc = await ensurePcscService();
    onProgress("demonstration authority and virtual cards");
    const authority = openDemonstrationAuthority(pki, Date.now());
    for (const id of this.#options.cards) this.cards.set(id, await WardCard.start(id, pki, this.#options.pins?.[id]));

    const [agentsPort = 0, webPort = 0, ...applicationPorts] = await freePorts(2 + applicationProfiles.length);
    const applicationSecret = randomBytes(32).toString("hex");
    onProgress("broker");
    this.#broker = new WardBroker({
      directory: this.directory,
      authority,
      agentsPort,
      webPort,
      applicationPorts,
      applicationSecret,
      graceSeconds,
      ...(idleSeconds === undefined ? {} : { idleSeconds }),
      onLine: line => onLine("broker", line),
    });
    await this.broker.start();
    onProgress("applications");
    for (const [index, profile] of applicationProfiles.entries()) {
      const settings = {
        profile,
        port: applicationPorts[index],
        issuer: this.broker.webOrigin,
        clientId: profile.id,
        clientSecret: applicationSecret,
      };
      const program = new ForkedProgram<{ type: "listening" }>({
        name: `application ${profile.id}`,
        entry: applicationEntry,
        words: [JSON.stringify(settings)],
        onLine: line => onLine(profile.id, line),
      });
      this.#applications.push(program);
      await program.next("start", () => true);
    }
    for (const [index, name] of workstationNames.entries()) {
      onProgress(`workstation ${name}`);
      const state = join(this.directory, name);
      const code = await this.broker.enrolmentCode();
      const { enrolment } = await enrolWorkstation({
        origin: this.broker.agentsOrigin,
        code,
        name,
        directory: state,
        now: Date.now(),
      });
      this.enrolledNames.set(enrolment.workstation, name);
      this.workstations.push(
        await WorkstationProcess.start({
          id: name,
          name,
          placeName: wardPlace.name,
          state,
          reader: readerNames[index] ?? "",
          language,
          onLine: line => onLine(name, line),
        }),
      );
    }
  }
}
