import { CertificateJudge } from "../services/certificate-judge.ts";
import { CardTrust } from "../trust/card-trust.ts";
import { validatorPorts } from "../trust/validator-ports.ts";
import type { Ground } from "./open-ground.ts";

export interface OpenCardTrust {
  readonly trust: CardTrust;
  readonly judge: CertificateJudge;
}

/** Which cards count: the trust document, and revocation data that are kept fresh. */
export async function openCardTrust({
  configuration,
  store,
  signatures,
  clock,
  log,
  life,
}: Ground): Promise<OpenCardTrust> {
  const { trust: document, demonstration } = configuration;
  const folder = `${configuration.store}.revocation`;
  const ports = validatorPorts(signatures);
  const parts = { configuration: document, demonstration, store, folder, ports, clock, log };
  const trust = life.keep(await CardTrust.open(parts));
  life.onceOpen(() => void trust.tick().catch(error => log.warn("sweep-failed", { detail: String(error) })));
  life.sweep(() => trust.tick());
  return { trust, judge: new CertificateJudge(trust, store) };
}
