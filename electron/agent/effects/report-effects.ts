import { toHex } from "../../../core/bytes/hex.ts";
import type { AgentPorts } from "../agent-ports.ts";
import type { Outbox } from "../outbox.ts";
import type { Performers } from "./performers.ts";

/** What happened at the card and belongs into the trail. A report keeps its identifier however often it is said. */
export function reportEffects(
  { broker, uuid, sha256 }: Pick<AgentPorts, "broker" | "uuid" | "sha256">,
  outbox: Outbox,
) {
  return {
    "report-refusal": ({ denied, code, triesLeft, certificate }) => {
      const shown = certificate === undefined ? undefined : toHex(sha256(certificate));
      const refusal = { report: uuid(), denied, code, certificate: shown, triesLeft };
      outbox.post(() => broker.report(refusal));
    },
    "report-pin-renewed": ({ kind }) => {
      const renewed = { report: uuid(), renewed: kind };
      outbox.post(() => broker.report(renewed));
    },
  } satisfies Partial<Performers>;
}
