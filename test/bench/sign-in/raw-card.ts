import { spawn } from "node:child_process";
import { toHex } from "../../../core/bytes/hex.ts";
import { writeDataObject } from "../../../core/card/ber-tlv.ts";
import { type CardCommand, encodeCommand } from "../../../core/card/command-apdu.ts";
import { pivApplication } from "../../../core/card/piv/piv-objects.ts";
import { pkcs1SignatureBlock } from "../../../core/card/pkcs1-padding.ts";

const select: CardCommand = { cla: 0, ins: 0xa4, p1: 4, p2: 0, data: pivApplication, expected: 256 };
const short = (command: CardCommand) => encodeCommand(command, false);

function getData(tag: number, expected: number): CardCommand {
  return {
    cla: 0,
    ins: 0xcb,
    p1: 0x3f,
    p2: 0xff,
    data: writeDataObject(0x5c, Uint8Array.of(0x5f, 0xc1, tag)),
    expected,
  };
}

function verify(pin: string): CardCommand {
  const data = new Uint8Array(8).fill(0xff);
  data.set(new TextEncoder().encode(pin));
  return { cla: 0, ins: 0x20, p1: 0, p2: 0x80, data };
}

function authenticate(expected: number): CardCommand & { readonly data: Uint8Array } {
  const data = writeDataObject(
    0x7c,
    writeDataObject(0x82),
    writeDataObject(0x81, pkcs1SignatureBlock(new Uint8Array(32), 256)),
  );
  return { cla: 0, ins: 0x87, p1: 7, p2: 0x9a, data, expected };
}

const line = (commands: readonly Uint8Array[]) => commands.map(toHex).join(" ");

/** The exchange that any card and reader can do: select, certificate, VERIFY, signature, in short APDUs. */
export function shortCommands(pin: string): string {
  const { data, ...command } = authenticate(256);
  const { expected: _none, ...chained } = { ...command, cla: 0x10 };
  const pieces = [short({ ...chained, data: data.subarray(0, 255) }), short({ ...command, data: data.subarray(255) })];
  return line([short(select), short(getData(5, 256)), short(verify(pin)), ...pieces]);
}

/** Runs one line of commands; answers the milliseconds it took. Rejects where the card did not sign. */
export function runRawCard(program: string, reader: string, commands: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [reader], { stdio: ["pipe", "pipe", "inherit"] });
    let printed = "";
    child.stdout.on("data", text => {
      printed += String(text);
    });
    child.once("error", reject);
    child.once("close", () => {
      const [microseconds, status] = printed.trim().split(" ");
      if (status === "9000") resolve(Number(microseconds) / 1000);
      else reject(new Error(`raw-card: ${printed}`));
    });
    child.stdin.end(`${commands}\n`);
  });
}
