import { parseArgs } from "node:util";
import { providerKeysOf } from "../../broker/oidc/provider-keys-of.ts";
import { withBrokerStore } from "../broker-store.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey oidc rotate --config FILE

Signs with the OpenID Provider's next keys from now on: the ones that applications have known since the last time. The keys in use until
now stay published for as long as a session lasts, so that nothing that they signed is doubted. FILE is the broker's; a broker that
runs takes the keys over within ten seconds. Without this, keys are rotated by age (identityProvider.keyDays).`;

/** `wardkey oidc rotate`. */
export async function oidcRotate(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: { config: { type: "string" }, help: { type: "boolean", default: false } },
  });
  if (values.help || values.config === undefined) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    return await withBrokerStore(values.config, async (configuration, store) => {
      const keys = providerKeysOf(configuration, store, { now: () => Date.now() });
      await keys.rotate("administrator");
      const { ec, rsa } = keys.ring;
      console.log(`signing with ${ec.current.kid} (ES256) and ${rsa.current.kid} (RS256, PS256)`);
      console.log(`next: ${ec.next.kid} and ${rsa.next.kid}`);
      return 0;
    });
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}
