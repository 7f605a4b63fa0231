import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build, defineConfig, type InlineConfig, type Plugin } from "vite";
import { consoleBase } from "../protocol/broker/console/routes.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One of the renderer's two faces. `base`: where its files are served. */
const face = (name: "workstation" | "console", base: string): InlineConfig => ({
  root: here(`./${name}`),
  base,
  plugins: [react()],
  build: {
    outDir: here(`../dist/renderer/${name}`),
    emptyOutDir: true,
    // Nothing inline: the content security policy allows files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Both come over the hospital's own network, once.
    chunkSizeWarningLimit: 1_000,
  },
});

/** The broker's console is built after the window, by the same command. */
const consoleToo: Plugin = {
  name: "console-too",
  apply: "build",
  async closeBundle() {
    await build({ ...face("console", consoleBase), configFile: false, logLevel: "warn" });
  },
};

// The window by relative addresses: the same files are served by the kiosk host and by Electron's own scheme.
const window = face("workstation", "./");
export default defineConfig({ ...window, plugins: [...(window.plugins ?? []), consoleToo] });
