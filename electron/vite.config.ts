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

/** The programs of processes of their own lie beside the main program here, and are JavaScript. */
const programsBeside: Plugin = {
  name: "programs-beside",
  transform: {
    filter: { id: /(card-host-client|module-process)\.ts$/ },
    handler: code =>
      code.replace("../../card-host/main.ts", "./card-host.js").replace("./module-main.ts", "./card-module.js"),
  },
};

/** `vite build --config electron/vite.config.ts`: the Electron host's programs into dist/electron. */
export default defineConfig({
  root: from("."),
  publicDir: false,
  plugins: [programsBeside],
  environments: {
    main: output("main/desktop/main.ts", "main.js", "es"),
    cardHost: output("card-host/main.ts", "card-host.js", "es"),
    cardModule: output("card-host/pkcs11/module-main.ts", "card-module.js", "es"),
    windowPreload: output("preload/window-preload.ts", "window-preload.cjs", "cjs"),
    applicationPreload: output("preload/application-preload.ts", "application-preload.cjs", "cjs"),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ["main", "cardHost", "cardModule", "windowPreload", "applicationPreload"]) {
        const environment = builder.environments[name];
        if (environment !== undefined) await builder.build(environment);
      }
    },
  },
});
