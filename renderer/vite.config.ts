import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("./workstation"),
  // Relative addresses: the same files are served by the kiosk host and by Electron's own scheme.
  base: "./",
  plugins: [react()],
  build: {
    outDir: here("../dist/renderer/workstation"),
    emptyOutDir: true,
    // Nothing inline: the content security policy allows files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
