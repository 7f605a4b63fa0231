import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { ChainedRecord } from "../../core/trail/trail-chain.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { DemonstrationAuthority } from "../../native-bindings/simulator/authority/demonstration-authority.ts";
import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";
import { consoleRoles } from "../../protocol/broker/console/roles.ts";
import { applicationProfiles } from "../application/application-profile.ts";
import { emergencyReasons } from "../emergency-reasons.ts";
import { commandLine } from "./command-line.ts";
import { ForkedProgram } from "./forked-program.ts";
import { wardDirectory } from "./ward-directory.ts";

type FromBroker =
  | { readonly type: "listening"; readonly agentsOrigin: string; readonly webOrigin: string }
  | { readonly type: "clock-advanced" }
  | { readonly type: "enrolment-code"; readonly code: string };

export interface WardBrokerSettings {
  readonly directory: string;
  readonly authority: DemonstrationAuthority;
  readonly agentsPort: number;
  readonly webPort: number;
  /** The port of each application, in the order of their profiles. */
  readonly applicationPorts: readonly number[];
  readonly applicationSecret: string;
  readonly graceSeconds: number;
  readonly idleSeconds?: number;
  readonly onLine: (line: string) => void;
}

export const wardPlace = { id: "cardiology", name: "Cardiologie – 3ᵉ étage" } as const;

/** The ward's physician administers it, too: her portal has the console. */
const physicianId = demonstrationCards.find(({ id }) => id === "physician")?.nationalId ?? "";

/** What opens by the helpdesk's temporary password, too. */
const withoutCard = "care-plan";

/** What opens in an emergency: to who has typed his PIN, or to a name that nobody has proved, too. */
const inEmergency: Readonly<Record<string, "proved" | "claimed">> = {
  laboratory: "proved",
  "care-plan": "proved",
  "patient-record": "claimed",
};

/** The ward's broker: `wardkey broker` in a process of its own, in demonstration mode, stopped and started at will. */
export class WardBroker {
  readonly webOrigin: string;
  readonly agentsOrigin: string;
  readonly #settings: WardBrokerSettings;
  readonly #store: string;
  #program: ForkedProgram<FromBroker> | undefined;
  #aheadSeconds = 0;

  constructor(settings: WardBrokerSettings) {
    this.#settings = settings;
    this.#store = `${settings.directory}/broker.sqlite`;
    this.agentsOrigin = `https://127.0.0.1:${settings.agentsPort}`;
    this.webOrigin = `http://127.0.0.1:${settings.webPort}`;
    writeFileSync(this.#directory, wardDirectory());
    writeFileSync(this.configuration, JSON.stringify(this.#written(), undefined, 2));
  }

  get running(): boolean {
    return this.#program?.running ?? false;
  }

  get store(): string {
    return this.#store;
  }

  async start(): Promise<void> {
    const { onLine } = this.#settings;
    const program = new ForkedProgram<FromBroker>({
      name: "broker",
      entry: commandLine,
      words: ["broker", "--config", this.configuration],
      onLine,
    });
    this.#program = program;
    await program.next("start", message => (message.type === "listening" ? true : undefined));
    if (this.#aheadSeconds > 0) await this.#advance(this.#aheadSeconds);
  }

  async stop(): Promise<void> {
    await this.#program?.stop();
    this.#program = undefined;
  }

  /** Holds the broker's process still, as a network that is slow would: what is sent to it waits. */
  async hold(still: boolean): Promise<void> {
    this.#program?.kill(still ? "SIGSTOP" : "SIGCONT");
  }

  async advance(seconds: number): Promise<void> {
    this.#aheadSeconds += seconds;
    if (this.running) await this.#advance(seconds);
  }

  async enrolmentCode(): Promise<string> {
    const answered = this.#program?.next("enrolment code", message =>
      message.type === "enrolment-code" ? message.code : undefined,
    );
    this.#program?.send({ type: "enrolment-code", place: wardPlace.id });
    return (await answered) ?? "";
  }

  /** The chain as it stands in the store. */
  chain(): ChainedRecord[] {
    const database = new DatabaseSync(this.#store, { readOnly: true });
    const rows = database.prepare("select sequence, text, hash from trail_record order by sequence").all();
    database.close();
    return rows.map(row => ({
      sequence: Number(row["sequence"]),
      text: String(row["text"]),
      hash: String(row["hash"]),
    }));
  }

  records(): TrailRecord[] {
    return this.chain().map(({ text }) => JSON.parse(text) as TrailRecord);
  }

  async #advance(seconds: number): Promise<void> {
    const answered = this.#program?.next("advance the clock", message =>
      message.type === "clock-advanced" ? true : undefined,
    );
    this.#program?.send({ type: "advance-clock", seconds });
    await answered;
  }

  get #directory(): string {
    return `${this.#settings.directory}/staff.csv`;
  }

  /** Its file. */
  get configuration(): string {
    return `${this.#settings.directory}/broker.json`;
  }

  #written() {
    const { authority, agentsPort, webPort, applicationPorts, applicationSecret, graceSeconds, idleSeconds } =
      this.#settings;
    return {
      store: this.#store,
      agents: { host: "127.0.0.1", port: agentsPort, origin: this.agentsOrigin },
      web: { host: "127.0.0.1", port: webPort, origin: this.webOrigin },
      trust: { anchors: authority.anchors, intermediates: authority.intermediates, crls: authority.crls },
      directory: { sources: [{ id: "staff", kind: "csv", file: this.#directory }] },
      demonstration: true,
      administrators: [{ holder: physicianId, roles: consoleRoles }],
      fallback: {
        profiles: [
          { id: "shift", name: "Une garde", minutes: 720, signIns: 20, places: [wardPlace.id], secondPerson: false },
          { id: "day", name: "Une journée, partout", minutes: 1440, signIns: 40, secondPerson: true },
        ],
        checklist: [
          {
            id: "call-back",
            text: {
              fr: "Rappelé au numéro de l’annuaire",
              en: "Called back at the directory’s number",
              es: "Llamada devuelta al número del directorio",
              ca: "Trucada retornada al número del directori",
            },
          },
        ],
      },
      breakGlass: {
        minutes: 30,
        places: [{ place: wardPlace.id, ways: ["with-card", "without-card"] }],
        reasons: emergencyReasons,
      },
      places: [{ ...wardPlace, helpdeskPhone: "15 24", graceSeconds, idleSeconds }],
      applications: applicationProfiles.map(({ id, name, icon, professions }, index) => {
        const base = `http://127.0.0.1:${applicationPorts[index]}`;
        const client = {
          clientId: id,
          clientSecret: applicationSecret,
          redirectUris: [`${base}/callback`],
          backchannelLogoutUri: `${base}/backchannel-logout`,
        };
        return {
          id,
          name,
          icon,
          initiateLoginUri: `${base}/login`,
          client,
          ...(professions === undefined ? {} : { professions }),
          ...(inEmergency[id] === undefined ? {} : { breakGlass: inEmergency[id] }),
          ...(id === withoutCard ? { means: ["card-pin", "card-presence", "temporary-password"] } : {}),
        };
      }),
    };
  }
}
