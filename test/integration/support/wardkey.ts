import { spawn } from "node:child_process";
import { commandLine } from "../../../demo/ward/command-line.ts";

export interface Ran {
  readonly status: number;
  readonly output: string;
  readonly complaint: string;
}

/** Runs `wardkey` as a person would, with these words and this on its standard input; resolves when it has ended. */
export async function wardkey(words: readonly string[], input = ""): Promise<Ran> {
  const child = spawn(process.execPath, [commandLine, ...words], { stdio: "pipe" });
  const [output, complaint]: [string[], string[]] = [[], []];
  child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => complaint.push(text));
  // A command that reads nothing may have ended before.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const status = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", code => resolve(code ?? -1));
  });
  return { status, output: output.join(""), complaint: complaint.join("") };
}
