import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { firstLanguage, isLanguage, type Language, languageCodes } from "../../core/language.ts";
import { KioskHost } from "../../electron/main/kiosk/kiosk-host.ts";
import { startWorkstation } from "../../electron/main/start-workstation.ts";
import { windowFolder } from "../../electron/main/window-folder.ts";
import { electronBinary, electronMain } from "../electron-binary.ts";
import { lineLog } from "../line-log.ts";
import { problemText } from "../problem-text.ts";

const help = `wardkey agent --state DIR [--host kiosk|electron] [--headless] [--reader NAME] [--language CODE]

Runs this workstation until it is told to stop. DIR holds what \`wardkey enrol\` put there.
  --host       what shows the window: the distribution's Chromium (kiosk), or Electron where its binary is there.
               Without this: Electron where it can run, otherwise kiosk
  --headless   without a display; taken where there is none
  --reader     only this PC/SC reader is this workstation's
  --language   the window's language until another one is chosen there: ${languageCodes.join(", ")} (${firstLanguage};
               with Electron: the machine's)`;

/** `wardkey agent`. */
export async function agent(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      state: { type: "string" },
      host: { type: "string" },
      headless: { type: "boolean", default: false },
      reader: { type: "string" },
      language: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { state, host, reader, language } = values;
  const spoken = language ?? firstLanguage;
  const wrong = state === undefined || !["kiosk", "electron", undefined].includes(host) || !isLanguage(spoken);
  if (values.help || wrong) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  const headless = values.headless || !hasDisplay();
  const electron = electronBinary();
  try {
    if (host === "electron" && electron === undefined) throw new Error(electronMissing);
    if (electron !== undefined && (host === "electron" || (host === undefined && !headless)))
      return await runElectron(electron, words);
    return await runKiosk({ state, reader, language: spoken, headless });
  } catch (problem) {
    console.error(problemText(problem));
    return 1;
  }
}

interface KioskWords {
  readonly state: string;
  readonly reader: string | undefined;
  readonly language: Language;
  readonly headless: boolean;
}

async function runKiosk({ state, reader, language, headless }: KioskWords): Promise<number> {
  const ended = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ended.resolve());
  const size = { width: 1280, height: 800 };
  const host = new KioskHost({ folder: windowFolder, headless, language, size, log: lineLog });
  const workstation = await startWorkstation({ state, host, reader, clock: { now: () => Date.now() }, log: lineLog });
  await ended.promise;
  await workstation.close();
  return 0;
}

/** Electron runs its own main program, with the same words. */
async function runElectron(binary: string, words: readonly string[]): Promise<number> {
  const child = spawn(binary, [electronMain, ...words], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  return await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", code => resolve(code ?? 1));
  });
}

const electronMissing =
  "Electron cannot run here: its binary or dist/electron is missing. Use --host kiosk, or fetch the binary with " +
  "`node node_modules/electron/install.js` and build with `vite build --config electron/vite.config.ts`";

function hasDisplay(): boolean {
  if (process.platform !== "linux") return true;
  return (process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"] ?? "") !== "";
}
