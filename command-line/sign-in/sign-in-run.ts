import type { FailureCode } from "../../core/errors/catalogue.ts";
import { Failure } from "../../core/errors/failure.ts";
import type { Agent } from "../../electron/agent/agent.ts";
import type { Screen, View } from "../../protocol/window/view.ts";

type Portal = Extract<Screen, { name: "portal" }>;
type ActivityScreen = Extract<Screen, { name: "activity" }>;
type SecondFactorScreen = Extract<Screen, { name: "second-factor" }>;
type PinScreen = Extract<Screen, { name: "pin" }>;

/** What a sign-in without a window needs of whoever started it. */
export interface SignInPerson {
  /** Told what happens, a sentence at a time. */
  tell(what: string): void;
  /** The PIN, or the code of an authenticator application, as character codes; `undefined`: gives up. */
  askPin(question: string): Promise<number[] | undefined>;
  /** Whether the card's last try may be spent. */
  readonly takesLastTry: boolean;
  /** The identifier of the activity to choose, where one has to be chosen. */
  readonly activity: string | undefined;
}

export interface SignedIn {
  readonly portal: Portal;
  /** Milliseconds in each phase of the flow, and since the insertion. */
  readonly phases: Readonly<Record<string, number>>;
  readonly demonstration: boolean;
}

/**
 * Does at an agent what a person does at the window, up to the portal. Rejects with the `Failure` that the window would show; a PIN
 * that the card refused is not asked for again.
 */
export async function signIn(agent: Agent, person: SignInPerson): Promise<SignedIn> {
  let said = "";
  const tell = (what: string) => {
    if (what !== said) person.tell(what);
    said = what;
  };
  let answered: number | undefined;
  const views = new LatestView(agent);
  try {
    for (;;) {
      const view = await views.next();
      const { screen, reader, workstation } = view;
      switch (screen.name) {
        case "cover":
        case "covered":
          // The card left while its PIN was asked for.
          if (answered !== undefined) throw new Failure("sign-in-abandoned");
          tell(waitingFor(reader));
          break;
        case "working":
          tell(`working: ${screen.stage}`);
          break;
        case "pin-pad":
          tell(`${screen.holder.displayName}: type the PIN on the reader's keys, ${screen.triesLeft} tries left`);
          break;
        case "pin":
          answered = await answerPin(agent, screen, person, answered);
          break;
        // It is asked for by nobody here: `wardkey sign-in` signs in by card.
        case "identifier":
        case "phone":
        case "password":
        case "break-glass":
          break;
        case "second-factor":
          await answerSecondFactor(agent, screen, person);
          break;
        case "security-key":
          break;
        case "activity":
          chooseActivity(agent, screen, person);
          break;
        case "portal":
          return { portal: screen, phases: agent.phases(), demonstration: workstation.demonstration };
        case "trouble":
          throw new Failure(screen.code, screen.triesLeft === undefined ? {} : { triesLeft: screen.triesLeft });
        default:
          screen satisfies never;
      }
    }
  } finally {
    views.close();
  }
}

/** Ends the session; true where the broker has been told. */
export async function endSession(agent: Agent): Promise<boolean> {
  agent.intend({ type: "end-session" });
  return agent.delivered();
}

function waitingFor(reader: View["reader"]): string {
  switch (reader.state) {
    case "trouble":
      // Until the card host's process has started.
      if (reader.code !== "card-host-lost") throw new Failure(reader.code);
      return "starting";
    case "no-reader":
      return "waiting for a reader";
    case "empty":
      return "waiting for a card";
    case "card-in":
      return "reading the card";
    default:
      return reader satisfies never;
  }
}

/** The number of the question that has been answered. */
async function answerPin(
  agent: Agent,
  { holder, triesLeft, question, problem, confirmLastTry, onReader }: PinScreen,
  person: SignInPerson,
  answered: number | undefined,
): Promise<number | undefined> {
  const giveUp = (code: FailureCode) => {
    agent.intend({ type: "cancel" });
    throw new Failure(code, { triesLeft });
  };
  if (problem !== undefined) giveUp(problem);
  if (answered === question) return answered;
  if (confirmLastTry) {
    if (!person.takesLastTry) giveUp("sign-in-abandoned");
    agent.intend({ type: "confirm-last-try" });
    return undefined;
  }
  const pin =
    onReader === true
      ? []
      : await person.askPin(`${holder.displayName}, ${holder.profession}: PIN, ${triesLeft} tries left`);
  if (pin === undefined) giveUp("sign-in-abandoned");
  else agent.intend({ type: "submit-pin", question, pin });
  return question;
}

/** By code: there is no browser here that a security key could be asked for in. One that was refused is not asked for again. */
async function answerSecondFactor(
  agent: Agent,
  { holder, factors, question, problem }: SecondFactorScreen,
  person: SignInPerson,
): Promise<void> {
  const giveUp = (code: FailureCode) => {
    agent.intend({ type: "cancel" });
    throw new Failure(code);
  };
  if (problem !== undefined) giveUp(problem);
  if (!factors.includes("totp")) giveUp("second-factor-owed");
  const code = await person.askPin(`${holder.displayName}: the code of the authenticator application`);
  if (code === undefined) giveUp("second-factor-owed");
  else agent.intend({ type: "submit-code", question, code });
}

function chooseActivity(
  agent: Agent,
  { working, problem, activities }: ActivityScreen,
  { activity, tell }: SignInPerson,
): void {
  if (working) return;
  if (problem !== undefined) throw new Failure(problem);
  if (activity === undefined || !activities.some(({ id }) => id === activity)) {
    tell(`activities: ${activities.map(({ id, label }) => `${id} (${label})`).join(", ")}`);
    throw new Failure("activity-not-chosen");
  }
  agent.intend({ type: "choose-activity", activity });
}

/** Views one by one, the latest alone: what was shown while somebody typed is over. */
class LatestView {
  readonly #agent: Agent;
  readonly #stop: () => void;
  #isNew = true;
  #wake = () => {};

  constructor(agent: Agent) {
    this.#agent = agent;
    this.#stop = agent.subscribe(() => {
      this.#isNew = true;
      this.#wake();
    });
  }

  async next(): Promise<View> {
    // Never within the agent's own step.
    if (!this.#isNew) await new Promise<void>(resolve => (this.#wake = resolve));
    else await Promise.resolve();
    this.#isNew = false;
    return this.#agent.view();
  }

  close(): void {
    this.#stop();
  }
}
