import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The script that runs a command on a private machine. */
export const privateMachine = join(import.meta.dirname, "../../scripts/private-machine.sh");

/** Whether the namespaces that a private machine is made of are allowed here; where they are not, its script says so. */
export function privateMachinesAllowed(): boolean {
  const asked = spawnSync(privateMachine, ["sh", "-c", 'test -n "$WARDKEY_PRIVATE_MACHINE"'], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return asked.status === 0;
}
