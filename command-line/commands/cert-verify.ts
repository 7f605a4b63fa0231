import { once } from "node:events";
import { parseArgs } from "node:util";
import { validatorPorts } from "../../broker/trust/validator-ports.ts";
import { answerText, malformed, type VerifyAnswer } from "../cert-verify/answer-question.ts";
import { linesOf } from "../cert-verify/lines-of.ts";

const help = `wardkey cert verify [--stream] [--json]

Whether a certificate is good: path, policies, revocation (RFC 5280, RFC 6960). Reads one JSON object on standard input, with
--stream one on each line until the input ends; docs/trust.md names its members. Prints one line for each:
  {"id","valid","reason","detail","path","policySet","identity"}
  --json   says the same: there is no other form
Leaves with 0 where everything was answered, be it by a refusal.`;

/** No longer than a string can be; what is longer is answered, too. */
const longestLine = 400_000_000;

/** `wardkey cert verify`: our verdict on cases of others. */
export async function certVerify(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      stream: { type: "boolean", default: false },
      json: { type: "boolean", default: true },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const ports = validatorPorts();
  const answer = (text: string) => answerText(text, ports, Date.now());
  process.stdin.setEncoding("utf8");
  if (!values.stream) {
    await print(await answerWhole(answer));
    return 0;
  }
  for await (const line of linesOf(process.stdin, longestLine)) {
    if ("tooLong" in line) await print(malformed(null, "a line that is too long"));
    else if (line.text.trim() !== "") await print(answer(line.text));
  }
  return 0;
}

async function answerWhole(answer: (text: string) => VerifyAnswer): Promise<VerifyAnswer> {
  const parts: string[] = [];
  let length = 0;
  for await (const part of process.stdin) {
    length += String(part).length;
    if (length <= longestLine) parts.push(String(part));
  }
  return length > longestLine ? malformed(null, "too long") : answer(parts.join(""));
}

/** Waits where the reader is slower than we are. */
async function print(answer: VerifyAnswer): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) await once(process.stdout, "drain");
}
