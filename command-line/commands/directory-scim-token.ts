import { parseArgs } from "node:util";
import { readConfiguration } from "../../broker/main/configuration.ts";
import { newScimToken } from "../../broker/scim/scim-tokens.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey directory scim-token --config FILE [--json] SOURCE

Prints a fresh bearer token for a client of SCIM, and the SHA-256 by which the broker knows it. Give the token to the client, and add
the hash as a line of its own to the tokenFile of SOURCE: it counts at once. A token stops counting when its line is taken away.
The token is kept nowhere. FILE is the broker's.`;

/** `wardkey directory scim-token`. */
export async function directoryScimToken(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      config: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [source] = positionals;
  if (values.help || values.config === undefined || source === undefined) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    const known = readConfiguration(values.config).directory.sources.find(({ id }) => id === source);
    if (known?.kind !== "scim") throw new Error(`no source “${source}” of kind scim in ${values.config}`);
    const { token, hash } = newScimToken();
    const { tokenFile } = known;
    if (values.json) console.log(JSON.stringify({ source, token, hash, tokenFile }));
    else console.log([`token  ${token}`, `hash   ${hash}`, `       a line for ${tokenFile}`].join("\n"));
    return 0;
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}
