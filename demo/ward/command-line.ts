import { fileURLToPath } from "node:url";

/** The file of `wardkey`, to be forked. */
export const commandLine = fileURLToPath(new URL("../../command-line/main.ts", import.meta.url));
