import { readdirSync, readFileSync, statfsSync } from "node:fs";
import { findModules } from "../../native-bindings/pkcs11/find-modules.ts";
import { keyringAnswers } from "../../native-bindings/secret-store/secret-store.ts";
import { findChromium } from "../../native-bindings/workstation/find-chromium.ts";
import { electronBinary } from "../electron-binary.ts";
import { type Finding, finding } from "./finding.ts";

const oldestNode = 24;
const megabyte = 1024 * 1024;
const lowMegabytes = 200;
const fullMegabytes = 20;

/** Programs, modules and the keyring of this machine. */
export function examineMachine(): Finding[] {
  const modules = findModules();
  return [
    ...programs(process.version, electronBinary() !== undefined, findChromium() !== undefined),
    ...(modules.length === 0 ? [finding("no-module")] : modules.map(({ name }) => finding("module", { module: name }))),
    finding(keyringAnswers() ? "keyring-answers" : "keyring-silent"),
  ];
}

/** `node`: as `process.version` writes it. */
export function programs(node: string, hasElectron: boolean, hasChromium: boolean): Finding[] {
  const version = node.replace(/^v/, "");
  return [
    Number.parseInt(version, 10) < oldestNode
      ? finding("node-old", { version })
      : finding("program", { program: "node", version }),
    ...(hasElectron ? [finding("program", { program: "electron" })] : []),
    ...(hasChromium ? [finding("program", { program: "chromium" })] : []),
    ...(hasElectron || hasChromium ? [] : [finding("no-window-program")]),
  ];
}

/** Agents that run here, by their card hosts. Nothing is found where processes are not in /proc. */
export function examineAgents(): Finding[] {
  const count = cardHosts().length;
  return [finding(count > 1 ? "second-agent" : "agents-running", { count })];
}

function cardHosts(): string[] {
  try {
    return readdirSync("/proc").filter(name => /^\d+$/.test(name) && isCardHost(name));
  } catch {
    return [];
  }
}

function isCardHost(pid: string): boolean {
  try {
    const [, ...words] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return words.some(word => /\bcard-host[/\\]main\.[jt]s$/.test(word));
  } catch {
    // It has just ended, or belongs to somebody else.
    return false;
  }
}

/** The disk that holds this folder. */
export function examineDisk(folder: string): Finding[] {
  const { bavail, bsize } = statfsSync(folder);
  return [judgeDisk(Math.floor((bavail * bsize) / megabyte))];
}

export function judgeDisk(megabytes: number): Finding {
  const code = megabytes < fullMegabytes ? "disk-full" : megabytes < lowMegabytes ? "disk-low" : "disk-free";
  return finding(code, { megabytes });
}
