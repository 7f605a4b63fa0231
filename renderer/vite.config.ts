import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build, defineConfig, type InlineConfig, type Plugin } from "vite";
import { consoleBase } from "../protocol/broker/console/routes.ts";
import { ownBase } from "../protocol/broker/own/own-routes.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One of the renderer's faces. `base`: where its files are served. */
const face = (name: "workstation" | "console" | "own", base: string): InlineConfig => ({
  root: here(`./${name}`),
  base,
  plugins: [react()],
  build: {
    outDir: here(`../dist/renderer/${name}`),
    emptyOutDir: true,
    // Nothing inline: the content security policy allows files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // All come over the hospital's own network, once.
    chunkSizeWarningLimit: 1_000,
  },
});

/** The broker's pages, the console and the holder's own, are built after the window, by the same command. */
const pagesToo: Plugin = {
  name: "pages-too",
  apply: "build",
  async closeBundle() {
    await build({ ...face("console", consoleBase), configFile: false, logLevel: "warn" });
    await build({ ...face("own", ownBase), configFile: false, logLevel: "warn" });
  },
};

// The window by relative addresses: the same files are served by the kiosk host and by Electron's own scheme.
const window = face("workstation", "./");
export default defineConfig({ ...window, plugins: [...(window.plugins ?? []), pagesToo] });
