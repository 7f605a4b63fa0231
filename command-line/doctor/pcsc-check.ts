import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { connect } from "node:net";
import type { SeenReaders } from "../card/seen-readers.ts";
import { readerProduct } from "./facts.ts";
import { type Finding, finding } from "./finding.ts";

/** How the PC/SC service of a Linux machine shows itself from outside. */
export interface PcscService {
  readonly isInstalled: boolean;
  /** `dead`: the socket's file is there, and nobody listens. */
  readonly socket: "absent" | "dead" | "closed-to-us" | "open";
  /** Permissions of the socket, octal. */
  readonly mode: string | undefined;
}

const programs = ["/usr/sbin/pcscd", "/usr/local/sbin/pcscd"];
/** pcsc-lite's, and the variable that moves it. */
const usualSocket = "/run/pcscd/pcscd.comm";

/** Looks from outside, without speaking to the service; `undefined` on machines without pcsc-lite. */
export async function lookAtPcscService(): Promise<PcscService | undefined> {
  if (process.platform !== "linux") return undefined;
  const path = process.env["PCSCLITE_CSOCK_NAME"] ?? usualSocket;
  const found = await Promise.all(programs.map(isProgram));
  const mode = await stat(path).then(
    ({ mode }) => (mode & 0o777).toString(8),
    () => undefined,
  );
  return { isInstalled: found.includes(true), socket: await knock(path), mode };
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function knock(path: string): Promise<PcscService["socket"]> {
  return new Promise(resolve => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve("open");
    });
    socket.once("error", ({ code }: NodeJS.ErrnoException) =>
      resolve(code === "ECONNREFUSED" ? "dead" : code === "EACCES" || code === "EPERM" ? "closed-to-us" : "absent"),
    );
  });
}

/** The service and its readers, from what was seen through it and from outside. */
export function judgePcsc(
  { condition, answered }: Pick<SeenReaders, "condition" | "answered">,
  service: PcscService | undefined,
): Finding[] {
  switch (condition.kind) {
    case "ready":
      return [finding("pcsc-answers"), ...readerFindings(condition.readers)];
    case "no-reader":
      return [finding("pcsc-answers"), finding("no-reader")];
    case "trouble": {
      const { code } = condition;
      if (code === "reader-access-denied") return [finding("pcsc-refused")];
      // Some PC/SC services are stopped with their last reader, and say so in place of "no reader".
      if (service === undefined) return [finding("pcsc-trouble", { failure: code })];
      return [withoutAnswer(service, answered, code)];
    }
    default:
      return condition satisfies never;
  }
}

function withoutAnswer(service: PcscService, answered: boolean, failure: Finding["facts"]["failure"]): Finding {
  switch (service.socket) {
    case "absent":
    case "dead":
      return finding(service.isInstalled ? "pcsc-stopped" : "pcsc-not-installed");
    case "closed-to-us":
      return finding("pcsc-socket-closed", service.mode === undefined ? {} : { mode: service.mode });
    case "open":
      return answered ? finding("pcsc-trouble", failure === undefined ? {} : { failure }) : finding("pcsc-silent");
    default:
      return service.socket satisfies never;
  }
}

const contactlessWords = /\b(contactless|picc|cl|nfc)\b/i;

function readerFindings(names: readonly string[]): Finding[] {
  const readers = names.map(readerProduct);
  const pairs = readers
    .filter(name => contactlessWords.test(name))
    .flatMap(contactless => {
      const vendor = contactless.split(" ").slice(0, 2).join(" ");
      const contact = readers.find(name => !contactlessWords.test(name) && name.startsWith(vendor));
      return contact === undefined ? [] : [finding("reader-pair", { reader: contact, other: contactless })];
    });
  return [...readers.map(reader => finding("reader", { reader })), ...pairs];
}
