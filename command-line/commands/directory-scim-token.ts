import { readConfiguration } from "../../broker/main/configuration.ts";
import { newScimToken } from "../../broker/scim/scim-tokens.ts";
import { configCommand } from "../config-command.ts";

const help = `wardkey directory scim-token --config FILE [--json] SOURCE

Prints a fresh bearer token for a client of SCIM, and the SHA-256 by which the broker knows it. Give the token to the client, and add
the hash as a line of its own to the tokenFile of SOURCE: it counts at once. A token stops counting when its line is taken away.
The token is kept nowhere. FILE is the broker's.`;

/** `wardkey directory scim-token`. */
export function directoryScimToken(words: string[]): Promise<number> {
  return configCommand<[string]>(
    words,
    help,
    async (config, json, source) => {
      const known = readConfiguration(config).directory.sources.find(({ id }) => id === source);
      if (known?.kind !== "scim") throw new Error(`no source “${source}” of kind scim in ${config}`);
      const { token, hash } = newScimToken();
      const { tokenFile } = known;
      if (json) console.log(JSON.stringify({ source, token, hash, tokenFile }));
      else console.log([`token  ${token}`, `hash   ${hash}`, `       a line for ${tokenFile}`].join("\n"));
      return 0;
    },
    1,
  );
}
