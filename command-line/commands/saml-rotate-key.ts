import { X509Certificate } from "node:crypto";
import { readConfiguration } from "../../broker/main/configuration.ts";
import { rotateSamlKeys } from "../../broker/saml/saml-keys.ts";
import { configCommand } from "../config-command.ts";

const help = `wardkey saml rotate-key --config FILE [--json]

Has the broker whose configuration is FILE sign SAML messages with the key that its metadata have announced, and makes the one to follow.
Counts when the broker starts again. Before this, every application must have read the metadata since the last time.`;

/** `wardkey saml rotate-key`. */
export function samlRotateKey(words: string[]): Promise<number> {
  return configCommand(words, help, async (config, json) => {
    const { current, next } = await rotateSamlKeys(`${readConfiguration(config).store}.saml`, Date.now());
    const [signing, announced] = [current, next].map(
      ({ certificate }) => new X509Certificate(certificate).fingerprint256,
    );
    if (json) console.log(JSON.stringify({ signing, announced }));
    else {
      console.log(`the announced key signs when the broker starts again: its certificate's SHA-256 is ${signing}`);
      console.log(`applications read the next one from the metadata: ${announced}`);
    }
    return 0;
  });
}
