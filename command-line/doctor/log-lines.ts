import { readFileSync } from "node:fs";
import { z } from "zod";
import { isFailureCode } from "../../core/errors/catalogue.ts";
import { stageNames } from "../../electron/agent/stopwatch.ts";
import { keptLogFiles } from "../../electron/main/kept-log.ts";

const most = 500;

/** The members of a log line that a bundle takes, each in the one form that it may have; what is written freely stays behind. */
const takenLine = z.object({
  at: z.iso.datetime(),
  level: z.enum(["info", "warn"]),
  /** Written in our source, never made of what happened. */
  event: z.string().regex(/^[a-z]{1,30}(-[a-z]{1,30}){0,6}$/),
  code: z.string().refine(isFailureCode).optional().catch(undefined),
  stage: z.enum(stageNames).optional().catch(undefined),
  ms: z.number().optional().catch(undefined),
});
export type TakenLine = z.output<typeof takenLine>;

/** The latest lines of a workstation's log, as much of them as may leave the machine. */
export function recentLogLines(state: string): TakenLine[] {
  return keptLogFiles(state)
    .flatMap(file => textOf(file).split("\n"))
    .flatMap(line => takenLine.safeParse(parsed(line)).data ?? [])
    .slice(-most);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
