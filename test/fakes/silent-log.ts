import type { Log } from "../../core/ports/log.ts";

/** Nobody reads it. */
export const silentLog: Log = { info: () => {}, warn: () => {} };
