import { providerKeysOf } from "../../broker/oidc/provider-keys-of.ts";
import { withBrokerStore } from "../broker-store.ts";
import { configCommand } from "../config-command.ts";

const help = `wardkey oidc rotate --config FILE [--json]

Signs with the OpenID Provider's next keys from now on: the ones that applications have known since the last time. The keys in use until
now stay published for as long as a session lasts, so that nothing that they signed is doubted. FILE is the broker's; a broker that
runs takes the keys over within ten seconds. Without this, keys are rotated by age (identityProvider.keyDays).`;

/** `wardkey oidc rotate`. */
export function oidcRotate(words: string[]): Promise<number> {
  return configCommand(words, help, (config, json) =>
    withBrokerStore(config, async (configuration, store) => {
      const keys = providerKeysOf(configuration, store, { now: () => Date.now() });
      await keys.rotate("administrator");
      const { ec, rsa } = keys.ring;
      const signing = { ES256: ec.current.kid, RS256: rsa.current.kid };
      const next = { ES256: ec.next.kid, RS256: rsa.next.kid };
      if (json) console.log(JSON.stringify({ signing, next }));
      else {
        console.log(`signing with ${signing.ES256} (ES256) and ${signing.RS256} (RS256, PS256)`);
        console.log(`next: ${next.ES256} and ${next.RS256}`);
      }
      return 0;
    }),
  );
}
