import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { firstLanguage, isLanguage, languageCodes } from "../core/language.ts";
import { demonstrationCards } from "../native-bindings/simulator/authority/demonstration-cards.ts";
import { findChromium } from "../native-bindings/workstation/find-chromium.ts";
import { startDesk } from "./desk/desk-server.ts";
import { DeskWard, deskCards } from "./ward/desk-ward.ts";
import { Ward } from "./ward/ward.ts";

const help = `npm start [-- --port PORT] [-- --language ${languageCodes.join("|")}] [-- --log]

Runs the demonstration ward until Ctrl+C: pcscd with two virtual readers, broker, two workstations, applications, and the desk
that puts cards into readers. PORT is the desk's (8470). Opens the desk in Chromium where there is a display.`;

/** The demonstration's authority is kept, so that its keys are made once. */
const pki = fileURLToPath(new URL("../.cache/demonstration-pki", import.meta.url));

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "8470" },
      language: { type: "string", default: firstLanguage },
      log: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const stopped = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopped.resolve());
  const ward = await Ward.start({
    pki,
    cards: demonstrationCards.map(card => card.id),
    language: isLanguage(values.language) ? values.language : firstLanguage,
    graceSeconds: 300,
    onLine: values.log ? (program, line) => console.error(`${program}: ${line}`) : () => {},
    onProgress: what => console.log(`wardkey: starting ${what}`),
  });
  try {
    for (const workstation of ward.workstations) workstation.screencast(true);
    const desk = await startDesk({
      workstations: ward.workstations,
      cards: deskCards,
      controls: new DeskWard(ward),
      port: Number(values.port),
    });
    console.log(
      `\nwardkey: the demonstration ward is running; its desk: ${desk.url}\n         (Electron's binary is not used here: the workstations run the kiosk host.) Ctrl+C ends it.\n`,
    );
    openWhereThereIsADisplay(desk.url);
    await stopped.promise;
    console.log("wardkey: stopping the ward");
    await desk.close();
  } finally {
    await ward.close();
  }
  return 0;
}

/** The address is printed in any case; a desktop also gets a window. */
function openWhereThereIsADisplay(url: string): void {
  const chromium = findChromium();
  const hasDisplay = process.env["DISPLAY"] !== undefined || process.env["WAYLAND_DISPLAY"] !== undefined;
  if (chromium === undefined || !hasDisplay || process.getuid?.() === 0) return;
  spawn(chromium, [`--app=${url}`, "--no-first-run"], { stdio: "ignore", detached: true }).unref();
}

process.exitCode = await main().catch(problem => {
  console.error(`wardkey: ${problem instanceof Error ? problem.message : problem}`);
  return 1;
});
