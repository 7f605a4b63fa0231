/**
 * Who may import whom (design, section 3), as data. A room is a folder; the most specific one that holds a file counts.
 * `packages` names the npm packages allowed; `node` allows Node's own modules; "any" allows every package.
 */
export interface Room {
  readonly folder: string;
  readonly rooms: readonly string[];
  readonly packages: readonly string[] | "any";
  readonly node: boolean;
}

export const rooms: readonly Room[] = [
  { folder: "core", rooms: ["core"], packages: ["asn1js", "pkijs", "zod"], node: false },
  { folder: "protocol", rooms: ["protocol", "core"], packages: ["zod"], node: false },
  { folder: "native-bindings", rooms: ["native-bindings", "core"], packages: "any", node: true },
  { folder: "electron", rooms: ["electron", "core", "protocol"], packages: "any", node: true },
  { folder: "electron/main", rooms: ["electron", "core", "protocol", "native-bindings"], packages: "any", node: true },
  {
    folder: "electron/card-host",
    rooms: ["electron", "core", "protocol", "native-bindings"],
    packages: "any",
    node: true,
  },
  // The agent sees ports only: neither PC/SC, nor Electron, nor Node.
  { folder: "electron/agent", rooms: ["electron/agent", "core", "protocol"], packages: [], node: false },
  { folder: "renderer", rooms: ["renderer", "core", "protocol/window"], packages: "any", node: false },
  { folder: "renderer/console", rooms: ["renderer", "core", "protocol/broker"], packages: "any", node: false },
  {
    folder: "renderer/own",
    rooms: ["renderer", "renderer/console", "core", "protocol/broker"],
    packages: "any",
    node: false,
  },
  { folder: "broker", rooms: ["broker", "core", "protocol/broker"], packages: "any", node: true },
  {
    folder: "command-line",
    rooms: ["command-line", "core", "protocol", "native-bindings", "electron", "broker"],
    packages: "any",
    node: true,
  },
  {
    folder: "demo",
    rooms: ["demo", "core", "protocol", "native-bindings", "electron", "broker", "renderer", "command-line"],
    packages: "any",
    node: true,
  },
];

/** Build settings are read by build tools, on Node. */
export const buildSettings = /(^|\/)vite\.config\.ts$/;
