import { appendFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log, LogFields } from "../../core/ports/log.ts";

const mostBytes = 512 * 1024;

/** The log's files in a workstation's folder, the older one first. */
export function keptLogFiles(state: string): readonly [string, string] {
  return [join(state, "agent.log.1"), join(state, "agent.log")];
}

/**
 * Passes everything on to `log`, and keeps the latest of it in the workstation's folder for `wardkey doctor --bundle`: one JSON
 * object a line, at most twice half a megabyte. A disk that takes nothing keeps nothing, and the workstation works on.
 */
export function keptLog(log: Log, state: string, clock: Clock): Log {
  const [older, file] = keptLogFiles(state);
  let bytes = sizeOf(file);
  const keep = (level: string, event: string, fields: LogFields = {}) => {
    const line = `${JSON.stringify({ at: new Date(clock.now()).toISOString(), level, event, ...fields })}\n`;
    try {
      if (bytes > mostBytes) {
        renameSync(file, older);
        bytes = 0;
      }
      appendFileSync(file, line, { mode: 0o600 });
      bytes += Buffer.byteLength(line);
    } catch {
      // The log that it is passed on to has it.
    }
  };
  return {
    info(event, fields) {
      log.info(event, fields);
      keep("info", event, fields);
    },
    warn(event, fields) {
      log.warn(event, fields);
      keep("warn", event, fields);
    },
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
