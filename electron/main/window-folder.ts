import { fileURLToPath } from "node:url";

/** Where `vite build --config renderer/vite.config.ts` puts the workstation's window. */
export const windowFolder = fileURLToPath(new URL("../../dist/renderer/workstation/", import.meta.url));
