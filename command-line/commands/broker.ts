import { parseArgs } from "node:util";
import { openBrokerKey } from "../../broker/main/broker-key.ts";
import { readConfiguration } from "../../broker/main/configuration.ts";
import { type Broker, startBroker } from "../../broker/main/start-broker.ts";
import { Enrolments } from "../../broker/services/enrolments.ts";
import { formatEnrolmentCode } from "../../core/enrolment/enrolment-code.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { houseInStore, withBrokerStore } from "../broker-store.ts";
import { lineLog } from "../line-log.ts";

const help = `wardkey broker --config FILE
wardkey broker enrolment-code --config FILE --place PLACE

Runs the broker until it is told to stop; docs/operations.md describes FILE. The second form prints a one-time code, good
for 24 hours, for a workstation of PLACE; it may be used while the broker runs.`;

/** `wardkey broker`. */
export async function broker(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { config: { type: "string" }, place: { type: "string" }, help: { type: "boolean", default: false } },
  });
  if (values.help || values.config === undefined) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    if (positionals[0] === "enrolment-code") return await printCode(values.config, values.place ?? "");
    return await run(values.config);
  } catch (error) {
    console.error(`wardkey: ${error instanceof Error ? error.message : error}`);
    return 1;
  }
}

async function printCode(file: string, place: string): Promise<number> {
  return withBrokerStore(file, async (configuration, store) => {
    const { places } = await houseInStore(configuration, store);
    if (!places.some(({ id }) => id === place))
      throw new Error(`--place takes one of ${places.map(({ id }) => id).join(", ")}`);
    const key = openBrokerKey(`${configuration.store}.key`, Date.now());
    const { secret } = await new Enrolments(store, { now: () => Date.now() }).newSecret(place);
    console.log(formatEnrolmentCode({ secret, brokerKey: key.fingerprint }));
    return 0;
  });
}

async function run(file: string): Promise<number> {
  const configuration = readConfiguration(file);
  // The demonstration may let time pass; a broker in service has no way to.
  let aheadMs = 0;
  const clock: Clock = { now: () => Date.now() + aheadMs };
  const running = await startBroker(configuration, clock, lineLog);
  const ended = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ended.resolve());
  if (process.send !== undefined) {
    process.on("disconnect", () => ended.resolve());
    process.on("message", message => {
      const { type, seconds, place } = message as { type?: string; seconds?: number; place?: string };
      if (type === "advance-clock" && configuration.demonstration) {
        aheadMs += (seconds ?? 0) * 1000;
        process.send?.({ type: "clock-advanced" });
      }
      if (type === "enrolment-code") void answerCode(running, place ?? "");
    });
    process.send({ type: "listening", agentsOrigin: running.agentsOrigin, webOrigin: running.webOrigin });
  } else {
    console.log(`wardkey broker: workstations at ${running.agentsOrigin}, browsers at ${running.webOrigin}`);
  }
  await ended.promise;
  await running.close();
  process.disconnect?.();
  return 0;
}

async function answerCode(running: Broker, place: string): Promise<void> {
  process.send?.({ type: "enrolment-code", code: await running.enrolmentCode(place) });
}
