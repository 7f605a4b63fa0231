import { createHash } from "node:crypto";
import type {
  BrokerConnection,
  BrokerEvent,
  OwedSecondFactor,
  PinRenewed,
  Refusal,
  SeatedSession,
  WorkstationCondition,
} from "../../core/ports/broker-connection.ts";
import type { CardReaderEvent, CardReaders, ReaderCondition } from "../../core/ports/card-readers.ts";
import type { SeatApplications } from "../../core/ports/screen.ts";
import type { StageTimes } from "../../core/session/watched-stages.ts";
import { type Agent, startAgent } from "../../electron/agent/agent.ts";
import type { MeasuredStage } from "../../electron/agent/stopwatch.ts";

/** An answer that the test gives when it wants to; until then the call waits. */
type Script<Arguments extends unknown[], Result> = (...given: Arguments) => Promise<Result>;

const certificate = new TextEncoder().encode("certificate");

/**
 * An agent on port fakes. Everything that it asks for is a function that a test can replace; what it does is written down in
 * order.
 */
export class FakeWorkstation {
  readonly agent: Agent;
  /** What the agent did to the outside, in order, e.g. `cover`, `broker.cover seat-1`. */
  readonly acts: string[] = [];
  readonly coversAgo: number[] = [];
  readonly reports: (Refusal | PinRenewed)[] = [];
  readonly stages: MeasuredStage[] = [];
  /** What the broker was told of them. */
  readonly measured: StageTimes[] = [];
  /** What the workstation says of itself, and how often it said that this has changed. */
  condition: () => WorkstationCondition = () => ({ readers: [], waiting: 0 });
  conditionsTold = 0;
  /** What support would read. */
  readonly logged: string[] = [];
  now = 1_000_000;
  session: SeatedSession = {
    session: "session-1",
    seat: "seat-1",
    holder: { id: "899700075064", displayName: "Camille AUBERT", profession: "Médecin" },
    means: "card-pin",
    openedAt: 0,
    expiresAt: 9_000_000,
    graceMs: 300_000,
    idleMs: 0,
    applications: [{ id: "record", name: "Record", icon: "file-text", open: false }],
    activities: [],
    resumed: false,
  };
  key: "authentication" | "presence" = "authentication";
  triesLeft = 3;
  /** True where the reader has keys of its own. */
  onReader = false;
  /** The PIN buffer as the card got it: to see that it is wiped. */
  pinSeen: Uint8Array | undefined;
  /** The same of the secret and the new PIN. */
  secretsSeen: Uint8Array[] = [];

  /** Stops a call until the test lets it go on; by default nothing is stopped. */
  identify: Script<[], void> = async () => {};
  pinState: Script<[], void> = async () => {};
  signPresence: Script<[], Uint8Array> = async () => Uint8Array.of(4);
  report: Script<[Refusal | PinRenewed], void> = async () => {};
  signWithPin: Script<[Uint8Array | "on-reader"], Uint8Array> = async () => Uint8Array.of(1, 2, 3);
  renewPin: Script<[Uint8Array, Uint8Array], void> = async () => {};
  presence: CardReaders["presence"] = async () => ({ certificate, algorithm: "ES256" });
  prove: Script<[string, string], SeatedSession> = async () => this.session;
  askPhone: Script<[string], { request: string; bindingMessage: string }> = async () => ({
    request: "r",
    bindingMessage: "47",
  });
  awaitPhone: Script<[string], SeatedSession> = async () => this.session;
  signInWithPassword: Script<[string, string], SeatedSession> = async () => this.session;
  owedSecondFactor: Script<[], OwedSecondFactor> = async () => ({
    request: "owed-1",
    holder: this.session.holder,
    factors: ["totp", "security-key"],
  });
  proveByCode: Script<[string, string], SeatedSession> = async () => this.session;
  awaitSecurityKey: Script<[string], SeatedSession> = async () => this.session;
  /** Sees the bytes themselves, which are wiped after the call. */
  onPassword: (password: Uint8Array) => void = () => {};
  raiseGlass: Script<[], void> = async () => {};
  signInByGlass: Script<[], SeatedSession> = async () => this.session;
  describe: Script<[], void> = async () => {};
  challenge: Script<[boolean], void> = async () => {};
  stepUpChallenge: Script<[], void> = async () => {};
  stepUpProve: Script<[], SeatedSession> = async () => ({ ...this.session, means: "card-pin", resumed: true });
  cover: Script<[string], void> = async () => {};
  open: Script<[string], void> = async () => {};
  show: Script<[string], void> = async () => {};
  chooseActivity: Script<[string], SeatedSession> = async activity => ({ ...this.session, activity });
  describeSession: Script<[], SeatedSession> = async () => this.session;
  keepFavourite: Script<[], void> = async () => {};
  launch: Script<[string], void> = async () => {};

  #tellReaders: (event: CardReaderEvent) => void = () => {};
  #tellBroker: (event: BrokerEvent) => void = () => {};
  /** Somebody types or points in an application. */
  useApplication: () => void = () => {};

  #closed: (seat: string, application: string) => void = () => {};
  #timers: { readonly at: number; readonly act: () => void }[] = [];

  constructor() {
    const readers: CardReaders = {
      subscribe: listener => {
        this.#tellReaders = listener;
        listener({ type: "condition-changed", condition: { kind: "ready", readers: ["Reader"] } });
        return () => {};
      },
      identify: async () => {
        await this.identify();
        return { cardId: "card", family: "piv", certificate, algorithm: "ES256" };
      },
      presence: insertion => this.presence(insertion),
      pinState: async () => {
        await this.pinState();
        const { triesLeft, onReader } = this;
        return { triesLeft, minimumLength: 6, maximumLength: 8, canUnblock: true, onReader };
      },
      signWithPin: async (_insertion, pin) => {
        this.acts.push(pin === "on-reader" ? "card.sign on the reader" : `card.sign ${pin.length} digits`);
        if (pin === "on-reader") return this.signWithPin(pin);
        this.pinSeen = pin;
        try {
          return await this.signWithPin(pin);
        } finally {
          pin.fill(0);
        }
      },
      renewPin: async (_insertion, renewal, secret, newPin) => {
        this.acts.push(`card.${renewal} ${secret.length} ${newPin.length} digits`);
        this.secretsSeen = [secret, newPin];
        try {
          await this.renewPin(secret, newPin);
        } finally {
          secret.fill(0);
          newPin.fill(0);
        }
      },
      signPresence: () => this.signPresence(),
      close: async () => {},
    };
    const broker: BrokerConnection = {
      subscribe: listener => {
        this.#tellBroker = listener;
        listener({ type: "connected" });
        return () => {};
      },
      measured: async times => void this.measured.push(times),
      describeCondition: condition => {
        this.condition = condition;
      },
      conditionChanged: () => {
        this.conditionsTold += 1;
      },
      believeSeat: seat => this.acts.push(`believe ${seat}`),
      describe: async () => {
        await this.describe();
        return {
          workstation: "w",
          name: "CARDIO-01",
          place: "c",
          placeName: "Cardiology",
          helpdeskPhone: "1",
          demonstration: false,
        };
      },
      challenge: async (_certificate, presenceAllowed) => {
        await this.challenge(presenceAllowed);
        const key = presenceAllowed ? this.key : "authentication";
        const challenge = {
          nonce: "n",
          origin: "o",
          brokerKey: "k",
          workstation: "w",
          purpose: "sign-in",
          key,
        } as const;
        return { challenge, holder: { displayName: "Camille AUBERT", profession: "Médecin" } };
      },
      prove: (nonce, proof) => this.prove(nonce, proof),
      askPhone: identifier => this.askPhone(identifier),
      awaitPhone: request => this.awaitPhone(request),
      cancelPhone: async () => void this.acts.push("broker.cancel-phone"),
      stepUpChallenge: async stepUp => {
        this.acts.push(`broker.challenge ${stepUp}`);
        await this.stepUpChallenge();
        const challenge = {
          nonce: "n",
          origin: "o",
          brokerKey: "k",
          workstation: "w",
          purpose: "step-up",
          key: "authentication",
        } as const;
        return { challenge, holder: { displayName: "Camille AUBERT", profession: "Médecin" } };
      },
      stepUpProve: stepUp => {
        this.acts.push(`broker.prove ${stepUp}`);
        return this.stepUpProve();
      },
      refuseStepUp: async (stepUp, code) => void this.acts.push(`broker.refuse ${stepUp} ${code}`),
      signInWithPassword: (who, password) => {
        this.onPassword(password);
        return this.signInWithPassword(who, new TextDecoder().decode(password));
      },
      owedSecondFactor: () => this.owedSecondFactor(),
      proveByCode: (request, code) => this.proveByCode(request, new TextDecoder().decode(code)),
      securityKeyPage: async request => ({ page: "page", url: `http://own/key/${request}` }),
      awaitSecurityKey: (_request, page) => this.awaitSecurityKey(page),
      abandonSecondFactor: async () => void this.acts.push("broker.abandon-second-factor"),
      raiseGlass: async (_seat, application, { kind }) => {
        this.acts.push(`broker.raise ${application} ${kind}`);
        await this.raiseGlass();
      },
      signInByGlass: (who, { kind }) => {
        this.acts.push(`broker.glass ${who} ${kind}`);
        return this.signInByGlass();
      },
      endGlass: async seat => void this.acts.push(`broker.end-glass ${seat}`),
      renewLine: () => void this.acts.push("broker.renew"),
      cover: async (seat, _reason, agoMs) => {
        await this.cover(seat);
        this.acts.push(`broker.cover ${seat}`);
        this.coversAgo.push(agoMs);
        return { graceUntil: this.now + 300_000 };
      },
      end: async seat => void this.acts.push(`broker.end ${seat}`),
      describeSession: async seat => {
        this.acts.push(`broker.describe ${seat}`);
        return this.describeSession();
      },
      chooseActivity: async (_seat, activity) => {
        this.acts.push(`broker.activity ${activity}`);
        return this.chooseActivity(activity);
      },
      keepFavourite: async (_seat, application, favourite) => {
        await this.keepFavourite();
        this.acts.push(`broker.favourite ${application} ${favourite}`);
      },
      launch: async (_seat, application) => {
        await this.launch(application);
        return {
          url: `http://launch/${application}`,
          application: { id: application, name: "Record", icon: "x", open: true },
        };
      },
      applicationClosed: async (_seat, application) => void this.acts.push(`broker.closed ${application}`),
      report: async refusal => {
        this.reports.push(refusal);
        await this.report(refusal);
      },
      close: async () => {},
    };
    const applications: SeatApplications = {
      open: async (_seat, application, url) => {
        await this.open(application);
        this.acts.push(`open ${application} ${url}`);
      },
      show: async (_seat, application) => {
        await this.show(application);
        this.acts.push(`show ${application}`);
      },
      cover: () => void this.acts.push("cover"),
      setAside: seat => void this.acts.push(`aside ${seat}`),
      uncover: seat => void this.acts.push(`uncover ${seat}`),
      quit: async (_seat, application) => void this.acts.push(`quit ${application}`),
      wipe: async seat => void this.acts.push(`wipe ${seat}`),
      onClosed: listener => {
        this.#closed = listener;
      },
      onUsed: listener => {
        this.useApplication = listener;
      },
    };
    const log = (event: string, fields?: object) => this.logged.push(JSON.stringify({ event, ...fields }));
    let uuids = 0;
    this.agent = startAgent({
      readers,
      broker,
      applications,
      clock: { now: () => this.now },
      monotonic: { now: () => this.now },
      timers: {
        after: (delay, act) => {
          const timer = { at: this.now + delay, act };
          this.#timers.push(timer);
          return () => {
            this.#timers = this.#timers.filter(known => known !== timer);
          };
        },
      },
      uuid: () => `uuid-${++uuids}`,
      sha256: bytes => createHash("sha256").update(bytes).digest(),
      log: { info: log, warn: log },
    });
    this.agent.onStage(stage => this.stages.push(stage));
  }

  get screen() {
    return this.agent.view().screen;
  }

  insert(insertion = "i1"): void {
    this.#tellReaders({ type: "card-inserted", insertion, reader: "Reader" });
  }

  remove(insertion = "i1"): void {
    this.#tellReaders({ type: "card-removed", insertion });
  }

  readers(condition: ReaderCondition): void {
    this.#tellReaders({ type: "condition-changed", condition });
  }

  broker(event: BrokerEvent): void {
    this.#tellBroker(event);
  }

  closeApplication(application: string): void {
    this.#closed(this.session.seat, application);
  }

  /** Types a PIN into the question that is shown. */
  type(pin: string): void {
    const { screen } = this;
    const question = screen.name === "pin" ? screen.question : 0;
    this.agent.intend({ type: "submit-pin", question, pin: [...pin].map(digit => digit.charCodeAt(0)) });
  }

  /** Says who somebody without a card is, into the question that is shown. */
  sayWho(identifier: string): void {
    const { screen } = this;
    const question = screen.name === "identifier" ? screen.question : 0;
    this.agent.intend({ type: "submit-identifier", question, identifier });
  }

  /** Types a temporary password into the question that is shown. */
  typePassword(who: string, password: string): void {
    const { screen } = this;
    const question = screen.name === "password" ? screen.question : 0;
    this.agent.intend({
      type: "submit-password",
      question,
      who,
      password: [...password].map(sign => sign.charCodeAt(0)),
    });
  }

  /** Lets all that is waiting for nothing but its turn happen. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
  }

  async passTime(ms: number): Promise<void> {
    this.now += ms;
    const due = this.#timers.filter(timer => timer.at <= this.now);
    this.#timers = this.#timers.filter(timer => timer.at > this.now);
    for (const { act } of due) act();
    await this.settle();
  }

  /** A card in, its PIN typed, the portal there. */
  async signIn(): Promise<void> {
    this.insert();
    await this.settle();
    this.type("314159");
    await this.settle();
  }
}
