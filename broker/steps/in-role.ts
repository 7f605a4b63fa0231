import { Failure } from "../../core/errors/failure.ts";
import type { ConsoleRole } from "../../protocol/broker/console/roles.ts";

/** One of the roles is enough. Throws `console-role-missing`. */
export function inRole(roles: readonly ConsoleRole[], enough: readonly ConsoleRole[]): void {
  if (!roles.some(role => enough.includes(role)))
    throw new Failure("console-role-missing", { detail: `needs one of ${enough.join(", ")}` });
}
