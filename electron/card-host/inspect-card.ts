import { equalBytes } from "../../core/bytes/bytes.ts";
import type { CardAccess } from "../../core/card/card-access.ts";
import type { CardDriver, CardKey } from "../../core/card/card-driver.ts";
import { asFailure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { CardInspection, inspectionSteps } from "../../protocol/card-host/inspection.ts";

type Step = (typeof inspectionSteps)[number];

/** Reads what a card shows, step by step, each in a transaction of its own; a step that fails does not keep the others from their turn. */
export async function inspectCard(access: CardAccess, monotonic: Clock): Promise<CardInspection> {
  const steps: CardInspection["steps"] = [];
  const look = async <Seen>(step: Step, work: (driver: CardDriver) => Promise<Seen>): Promise<Seen | undefined> => {
    const [startedAt, before] = [monotonic.now(), access.commands];
    const done = (failed: { code?: CardInspection["steps"][number]["code"]; detail?: string }) =>
      steps.push({ step, commands: access.commands - before, milliseconds: monotonic.now() - startedAt, ...failed });
    try {
      const seen = await access.repeatable(work);
      done({});
      return seen;
    } catch (thrown) {
      const { code, detail } = asFailure(thrown);
      done({ code, ...(detail === undefined ? {} : { detail }) });
      return undefined;
    }
  };
  const family = await look("select", async driver => driver.family);
  const presented = access.presented;
  const seen = family === undefined ? { certificates: [] } : { family, ...(await readThrough(look, access)) };
  return {
    ...(presented === undefined ? {} : { atr: presented.atr, protocol: presented.protocol }),
    ...seen,
    steps,
  };
}

async function readThrough(
  look: <Seen>(step: Step, work: (driver: CardDriver) => Promise<Seen>) => Promise<Seen | undefined>,
  access: CardAccess,
): Promise<Pick<CardInspection, "cardId" | "certificates" | "pin">> {
  const cardId = await look("card-id", driver => driver.readCardId());
  const certificateOf = (key: CardKey) => (driver: CardDriver) => driver.readCertificate(key);
  const uses = [
    ["sign-in", await look("sign-in-certificate", certificateOf("authentication"))],
    ["presence", await look("presence-certificate", certificateOf("presence"))],
  ] as const;
  const shown = (await look("certificates", driver => driver.listCertificates())) ?? [];
  const pin = await look("pin-state", driver => driver.readPinState());
  return {
    ...(cardId === undefined ? {} : { cardId }),
    certificates: shown.map(({ label, certificate }) => {
      const use = uses.find(([, known]) => known !== undefined && equalBytes(known, certificate))?.[0];
      return { label, certificate, ...(use === undefined ? {} : { use }) };
    }),
    ...(pin === undefined ? {} : { pin: { ...pin, onReader: access.hasPinPad } }),
  };
}
