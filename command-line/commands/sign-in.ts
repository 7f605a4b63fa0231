import { parseArgs } from "node:util";
import { failureCatalogue } from "../../core/errors/catalogue.ts";
import { asFailure } from "../../core/errors/failure.ts";
import type { MeasuredStage } from "../../electron/agent/stopwatch.ts";
import { startWorkstation, type Workstation } from "../../electron/main/start-workstation.ts";
import { problemText } from "../problem-text.ts";
import { noWindow } from "../sign-in/no-window.ts";
import { endSession, type SignedIn, signIn as signInAt } from "../sign-in/sign-in-run.ts";
import { readTypedPin } from "../sign-in/typed-pin.ts";

const help = `wardkey sign-in --state DIR [--reader NAME] [--activity ID] [--pin-stdin] [--last-try] [--json]

Signs in without a window, as the workstation that is enrolled in DIR: waits for a card, asks for the PIN, proves it to the broker,
prints who signed in, the applications and the time of each stage, and ends the session. Nothing is opened. Stop the agent first.
  --activity   which of several activities the session stands under, where this place remembers none
  --pin-stdin  takes the PIN from standard input, one line; so is it where standard input is no terminal. Otherwise it is
               typed and not shown. Where a code is asked for, too, it is the next line
  --last-try   may spend the card's last try
A PIN is sent once. Leaves with 0 where the holder was signed in, with 1 otherwise.`;

/** `wardkey sign-in`. */
export async function signIn(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      state: { type: "string" },
      reader: { type: "string" },
      "pin-stdin": { type: "boolean", default: false },
      activity: { type: "string" },
      "last-try": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const { state, reader, json } = values;
  if (values.help || state === undefined) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  const isTyped = process.stdin.isTTY === true && !values["pin-stdin"];
  const person = {
    // What is for people goes beside the result.
    tell: (what: string) => process.stderr.write(`${what}\n`),
    askPin: async (question: string) => {
      const pin = await readTypedPin(process.stdin, () =>
        process.stderr.write(isTyped ? `${question}: ` : `${question}\n`),
      );
      if (isTyped) process.stderr.write("\n");
      return pin;
    },
    takesLastTry: values["last-try"],
    activity: values.activity,
  };
  let workstation: Workstation | undefined;
  try {
    workstation = await startWorkstation({
      state,
      host: noWindow,
      reader,
      clock: { now: () => Date.now() },
      log: quiet,
    });
    const stages: MeasuredStage[] = [];
    workstation.agent.onStage(stage => stages.push(stage));
    const signedIn = await signInAt(workstation.agent, person);
    const ended = await endSession(workstation.agent);
    const result = resultOf(signedIn, stages, ended);
    console.log(json ? JSON.stringify(result) : page(result));
    return 0;
  } catch (thrown) {
    const { code, triesLeft } = asFailure(thrown);
    const { meaning, remedy } = failureCatalogue[code];
    if (json) console.log(JSON.stringify({ code, meaning, remedy, triesLeft }));
    console.error(problemText(thrown));
    if (triesLeft !== undefined) console.error(`  ${triesLeft} tries left`);
    // A session that opened and stands under no activity, too.
    if (workstation !== undefined) await endSession(workstation.agent);
    return 1;
  } finally {
    await workstation?.close();
    // A paused pipe whose other end stays open would keep this process.
    process.stdin.destroy();
  }
}

/** The workstation's folder keeps the log. */
const quiet = { info() {}, warn() {} };

function resultOf({ portal, phases, demonstration }: SignedIn, stages: readonly MeasuredStage[], ended: boolean) {
  const rounded = (milliseconds: number) => Math.round(milliseconds * 10) / 10;
  return {
    holder: portal.holder,
    means: portal.means,
    applications: portal.tiles.map(({ id, name }) => ({ id, name })),
    demonstration,
    phases: Object.fromEntries(Object.entries(phases).map(([name, ms]) => [name, rounded(ms)])),
    stages: Object.fromEntries(stages.map(({ stage, ms }) => [stage, rounded(ms)])),
    ended,
  };
}

function page({
  holder,
  means,
  applications,
  demonstration,
  phases,
  stages,
  ended,
}: ReturnType<typeof resultOf>): string {
  const rows = (times: Readonly<Record<string, number>>) =>
    Object.entries(times).map(([name, ms]) => `  ${name.padEnd(24)}${String(ms).padStart(9)} ms`);
  return [
    `${holder.displayName}, ${holder.profession}: signed in by ${means}${demonstration ? ", in demonstration mode" : ""}`,
    `applications: ${applications.map(({ name }) => name).join(", ") || "none"}`,
    ...rows(phases),
    ...rows(stages),
    ended
      ? "the session is ended"
      : "the broker has not been told of the session's end: it ends by itself when its time is over",
  ].join("\n");
}
