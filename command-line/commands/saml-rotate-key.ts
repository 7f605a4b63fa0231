import { parseArgs } from "node:util";
import { readConfiguration } from "../../broker/main/configuration.ts";
import { rotateSamlKeys } from "../../broker/saml/saml-keys.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey saml rotate-key --config FILE

Has the broker whose configuration is FILE sign SAML messages with the key that its metadata have announced, and makes the one to follow.
Counts when the broker starts again. Before this, every application must have read the metadata since the last time.`;

/** `wardkey saml rotate-key`. */
export async function samlRotateKey(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: { config: { type: "string" }, help: { type: "boolean", default: false } },
  });
  if (values.help || values.config === undefined) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    await rotateSamlKeys(`${readConfiguration(values.config).store}.saml`, Date.now());
    console.log(
      "wardkey: the announced key signs when the broker starts again; applications read the next one from the metadata",
    );
    return 0;
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}
