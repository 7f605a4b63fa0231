import { parseArgs } from "node:util";
import { failureCatalogue } from "../../core/errors/catalogue.ts";
import { asFailure } from "../../core/errors/failure.ts";
import { enrolWorkstation } from "../../electron/main/broker/enrolment.ts";

const help = `wardkey enrol --broker URL --code CODE --name NAME --state DIR

Makes this workstation's key and enrols it with the broker at URL, by a code of \`wardkey broker enrolment-code\`. DIR keeps the
enrolment; the key goes to the operating system's keyring, or, where none answers, into a file that only this user reads.`;

/** `wardkey enrol`. */
export async function enrol(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      broker: { type: "string" },
      code: { type: "string" },
      name: { type: "string" },
      state: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { broker: origin, code, name, state: directory } = values;
  if (values.help || origin === undefined || code === undefined || name === undefined || directory === undefined) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    const { enrolment, keyIn } = await enrolWorkstation({ origin, code, name, directory, now: Date.now() });
    const where =
      keyIn === "keyring"
        ? "the operating system's keyring"
        : `a file in ${directory} that only this user reads (no keyring answers here)`;
    console.log(`wardkey: enrolled as ${name} (${enrolment.workstation}); its key is in ${where}`);
    return 0;
  } catch (thrown) {
    const failure = asFailure(thrown);
    console.error(`wardkey: ${failure.code}: ${failure.message} ${failureCatalogue[failure.code].remedy}`);
    return 1;
  }
}
