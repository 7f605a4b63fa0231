import type { HouseFault } from "../../protocol/broker/console/house-change.ts";
import { writtenIn } from "../policy/configured-policies.ts";
import type { PolicyFault } from "../policy/policy-set.ts";

/** A policy's fault as the console shows it: by the name of its text, wherever that is kept. */
export function houseFaultOf({ file, line, column, words }: PolicyFault): HouseFault {
  return { where: writtenIn({ file })?.id ?? file, line, column, words };
}
