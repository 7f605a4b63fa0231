import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";

const keysFile = z.object({ signing: z.record(z.string(), z.unknown()), cookies: z.array(z.string().min(32)).min(1) });

/** The provider's own keys: one for ID tokens (ES256: cheaper than RSA by far), one for its cookies. */
export type ProviderKeys = z.infer<typeof keysFile>;

/** In one file that only the broker's user reads; made at first start. */
export function openProviderKeys(file: string): ProviderKeys {
  if (!existsSync(file)) {
    const jwk = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
    const signing = { ...jwk, alg: "ES256", use: "sig", kid: randomBytes(8).toString("hex") };
    writeFileSync(file, JSON.stringify({ signing, cookies: [randomBytes(32).toString("hex")] }), { mode: 0o600 });
  }
  return keysFile.parse(JSON.parse(readFileSync(file, "utf8")));
}
