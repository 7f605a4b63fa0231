import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { WardCard } from "../../../demo/ward/ward-card.ts";
import { demonstrationCards } from "../../../native-bindings/simulator/authority/demonstration-cards.ts";
import { Pcscd, readerPorts } from "../../integration/support/pcscd.ts";
import { TestBroker } from "../../integration/support/test-broker.ts";
import { BenchWorkstation } from "../bench-workstation.ts";

export interface Usage {
  /** Open files of the card host. */
  readonly files: number;
  readonly residentMiB: number;
}

export interface Cycles {
  readonly cycles: number;
  readonly restarts: number;
  /** Removals after which the cover did not come. */
  readonly missed: number;
  /** After the first tenth, and at the end. */
  readonly early: Usage;
  readonly late: Usage;
  /** Process identifiers that the card host has had: one, and another for each restart, with which it begins anew. */
  readonly hosts: number;
}

const [port] = readerPorts;

/**
 * A card is put in, opens the session or resumes it, and is taken out, again and again, through the real agent, card host and
 * pcscd; every so often it goes because pcscd is stopped, and started again. Rejects where a screen does not come.
 */
export async function runCycles(
  cycles: number,
  restartEvery: number,
  progress = (_cycle: number) => {},
): Promise<Cycles> {
  const physician = demonstrationCards[0];
  if (physician === undefined) throw new Error("no card");
  let pcscd = await Pcscd.start();
  const house = await TestBroker.start();
  const card = await WardCard.start(physician.id, join(house.directory, "pki"));
  const workstation = await BenchWorkstation.start(house, "A");
  const hosts = new Set<number>();
  let early: Usage = { files: 0, residentMiB: 0 };
  let late = early;
  let missed = 0;
  let restarts = 0;
  try {
    await workstation.screen("cover");
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      await card.insert(port);
      if (cycle === 0) await workstation.signIn(physician.pin);
      else await workstation.screen("portal");
      const host = cardHost();
      hosts.add(host);
      late = usageOf(host);
      if (cycle === Math.floor(cycles / 10)) early = late;
      const restarting = (cycle + 1) % restartEvery === 0;
      if (restarting) await pcscd.stop();
      else await card.remove();
      await workstation.screen("covered").catch(() => {
        missed += 1;
      });
      if (restarting) {
        await card.remove();
        pcscd = await Pcscd.start();
        restarts += 1;
      }
      progress(cycle + 1);
    }
    return { cycles, restarts, missed, early, late, hosts: hosts.size };
  } finally {
    await workstation.close();
    await card.stop();
    await house.close();
    await pcscd.stop();
  }
}

/** The process of the card host, a child of this one. */
function cardHost(): number {
  const children = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], { encoding: "utf8" });
  const line = children.split("\n").find(text => text.includes("card-host/main.ts"));
  if (line === undefined) throw new Error("no card host");
  return Number.parseInt(line.trim(), 10);
}

function usageOf(process: number): Usage {
  const resident = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${process}/status`, "utf8"))?.[1];
  return { files: readdirSync(`/proc/${process}/fd`).length, residentMiB: Math.round(Number(resident) / 1024) };
}
