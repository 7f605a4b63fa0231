import { fileURLToPath } from "node:url";
import { defineConfig, type EnvironmentOptions, type Plugin } from "vite";

const from = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One file of dist/electron. Preload scripts run in a sandbox, where only CommonJS and `electron` can be had. */
function output(entry: string, file: string, format: "es" | "cjs"): EnvironmentOptions {
  return {
    consumer: "server",
    resolve: { external: format === "es" ? true : ["electron"], noExternal: format === "es" ? [] : true },
    build: {
      outDir: from("../dist/electron"),
      emptyOutDir: false,
      target: "node24",
      minify: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: from(entry),
        external: ["electron"],
        output: { format, entryFileNames: file, codeSplitting: false },
      },
    },
  };
}

/** The card host's program lies beside the main program here, and is JavaScript. */
const cardHostBeside: Plugin = {
  name: "card-host-beside",
  transform: {
    filter: { id: /card-host-client\.ts$/ },
    handler: code => code.replace("../../card-host/main.ts", "./card-host.js"),
  },
};

/** `vite build --config electron/vite.config.ts`: the Electron host's programs into dist/electron. */
export default defineConfig({
  root: from("."),
  publicDir: false,
  plugins: [cardHostBeside],
  environments: {
    main: output("main/desktop/main.ts", "main.js", "es"),
    cardHost: output("card-host/main.ts", "card-host.js", "es"),
    windowPreload: output("preload/window-preload.ts", "window-preload.cjs", "cjs"),
    applicationPreload: output("preload/application-preload.ts", "application-preload.cjs", "cjs"),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ["main", "cardHost", "windowPreload", "applicationPreload"]) {
        const environment = builder.environments[name];
        if (environment !== undefined) await builder.build(environment);
      }
    },
  },
});
