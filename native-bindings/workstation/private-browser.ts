import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { findChromium } from "./find-chromium.ts";
import { makePrivateFolder, removePrivateFolder } from "./private-folder.ts";
import { quietSwitches } from "./quiet-switches.ts";

export interface PrivateBrowserOptions {
  /** Without a display. */
  readonly headless: boolean;
  /** Fills the screen without any of a browser's controls, with one page for ever or with several. */
  readonly kiosk: "one-page" | "pages";
  readonly language: string;
  /** Size of the page in CSS pixels, where there is no display to fill. */
  readonly size: { readonly width: number; readonly height: number };
}

export interface PrivateBrowser {
  readonly context: BrowserContext;
  /** Everything that it keeps is in here. */
  readonly folder: string;
  /** Ends the browser and removes all that it kept. */
  close(): Promise<void>;
}

const display = { "one-page": ["--kiosk", "--app=about:blank"], pages: ["--kiosk"] } as const;

/** The preferences file of a profile: https://chromium.googlesource.com/chromium/src/+/main/components/password_manager. */
const preferences = {
  credentials_enable_service: false,
  credentials_enable_autosignin: false,
  profile: { password_manager_enabled: false, default_content_setting_values: { notifications: 2, geolocation: 2 } },
  autofill: { profile_enabled: false, credit_card_enabled: false },
  translate: { enabled: false },
  search: { suggest_enabled: false },
  browser: { enable_spellchecking: false },
};

/**
 * Starts the distribution's Chromium with a profile of its own that nobody else can read, spoken to over a pipe.
 * Rejects with an Error that says what to do where there is no Chromium or it does not start.
 */
export async function openPrivateBrowser(options: PrivateBrowserOptions): Promise<PrivateBrowser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("no Chromium is installed: apt-get install chromium");
  const folder = makePrivateFolder();
  const profile = join(folder, "profile");
  mkdirSync(join(profile, "Default"), { recursive: true, mode: 0o700 });
  mkdirSync(join(folder, "tmp"), { mode: 0o700 });
  writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify(preferences), { mode: 0o600 });
  try {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      headless: options.headless,
      args: [...quietSwitches, "--disk-cache-size=33554432", ...(options.headless ? [] : display[options.kiosk])],
      // The bar "controlled by automated test software" would frighten people.
      ignoreDefaultArgs: ["--enable-automation"],
      chromiumSandbox: process.getuid?.() !== 0,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      acceptDownloads: false,
      locale: options.language,
      viewport: options.headless ? { ...options.size } : null,
      // Caches, certificate stores and sockets of a user's home would outlive the seat.
      env: { ...process.env, HOME: folder, TMPDIR: join(folder, "tmp"), ...homes(folder) },
    });
    return {
      context,
      folder,
      close: async () => {
        await context.close().catch(() => {});
        await removePrivateFolder(folder);
      },
    };
  } catch (problem) {
    await removePrivateFolder(folder);
    throw problem;
  }
}

function homes(folder: string): Record<string, string> {
  return { XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder, XDG_DATA_HOME: folder };
}
