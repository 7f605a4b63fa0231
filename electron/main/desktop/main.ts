import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { app, BrowserWindow, ipcMain, protocol, session } from "electron";
import { firstLanguage, isLanguage, spokenLanguage } from "../../../core/language.ts";
import type { Log, LogFields } from "../../../core/ports/log.ts";
import { windowScheme } from "../../ipc/channels.ts";
import { backToPortal } from "../back-to-portal.ts";
import { readWindowFiles } from "../kiosk/window-files.ts";
import { startWorkstation } from "../start-workstation.ts";
import { answerWindowRequest } from "./answer-window-request.ts";
import { DesktopHost } from "./desktop-host.ts";

/** Main program of the desktop product: dist/electron/main.js beside its preload scripts. */
const { values } = parseArgs({
  args: process.argv.slice(app.isPackaged ? 1 : 2),
  strict: false,
  options: { state: { type: "string" }, reader: { type: "string" }, language: { type: "string" } },
});
const beside = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const word = (value: string | boolean | undefined) => (typeof value === "string" ? value : undefined);
const language = word(values["language"]);

const write = (level: string, event: string, fields: LogFields = {}) =>
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`);
const log: Log = {
  info: (event, fields) => write("info", event, fields),
  warn: (event, fields) => write("warn", event, fields),
};

app.enableSandbox();
// The window begins in it, and applications are asked in it; otherwise in the language of the machine.
if (isLanguage(language)) app.commandLine.appendSwitch("lang", language);
protocol.registerSchemesAsPrivileged([{ scheme: windowScheme, privileges: { standard: true, secure: true } }]);

if (app.requestSingleInstanceLock()) {
  // Two agents would fight for the card; the second one leaves.
  await app.whenReady();
  await run().catch(problem => {
    log.warn("workstation-not-started", { problem: String(problem) });
    app.exit(1);
  });
} else {
  app.exit(0);
}

async function run(): Promise<void> {
  const files = readWindowFiles(beside("../renderer/workstation/"));
  // The window's session has its own protocol table.
  session
    .fromPartition("wardkey-window")
    .protocol.handle(windowScheme, request => answerWindowRequest(files, request.url));
  const host = new DesktopHost({
    createWindow: options => new BrowserWindow(options),
    sessionOf: partition => session.fromPartition(partition),
    ipc: ipcMain,
    uuid: randomUUID,
    timers: {
      after(delayMs, callback) {
        const timer = setTimeout(callback, delayMs);
        return () => clearTimeout(timer);
      },
    },
    log,
    windowPreload: beside("window-preload.cjs"),
    applicationPreload: beside("application-preload.cjs"),
    kiosk: process.env["WARDKEY_WINDOWED"] !== "1",
    backToPortal: backToPortal[spokenLanguage(language ?? app.getLocale()) ?? firstLanguage],
  });
  const workstation = await startWorkstation({
    state: word(values["state"]) ?? app.getPath("userData"),
    host,
    reader: word(values["reader"]),
    clock: { now: () => Date.now() },
    log,
  });
  app.on("window-all-closed", () => {});
  const leave = async () => {
    await workstation.close();
    app.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void leave());
}
