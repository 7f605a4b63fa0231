import { type Browser, chromium } from "playwright-core";
import { findChromium } from "../../../native-bindings/workstation/find-chromium.ts";
import { quietSwitches } from "../../../native-bindings/workstation/quiet-switches.ts";

/** The Chromium of the seats, without a display, for pages in contexts of their own. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("no Chromium was found");
  return chromium.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...quietSwitches],
  });
}
