import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readConfiguration } from "../../../broker/main/configuration.ts";

let folder: string;
const good = {
  store: "data/broker.sqlite",
  agents: { host: "127.0.0.1", port: 8443, origin: "https://broker.example:8443" },
  web: { host: "127.0.0.1", port: 8080, origin: "https://wardkey.example" },
  trust: { anchors: ["root.pem"], intermediates: [], crls: ["/abs/root.crl"] },
  places: [{ id: "c", name: "Cardiology", helpdeskPhone: "1", graceSeconds: 300 }],
  applications: [],
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function written(content: string): string {
  const file = join(folder, "broker.json");
  writeFileSync(file, content);
  return file;
}

describe("the broker's configuration", () => {
  test("is read with its defaults, relative paths from its own folder", () => {
    const configuration = readConfiguration(written(JSON.stringify(good)));
    expect(configuration).toMatchObject({
      demonstration: false,
      sessionHours: 12,
      store: join(folder, "data/broker.sqlite"),
    });
    expect(configuration.trust).toEqual({
      anchors: [join(folder, "root.pem")],
      intermediates: [],
      crls: ["/abs/root.crl"],
      keys: { leastRsaBits: 2048 },
      identity: "health-professional-fr",
      revocation: {
        sources: [],
        sourcesOfCertificates: false,
        ocsp: { use: "never" },
        whenOld: { rule: "deny" },
      },
      bundleKeys: [],
    });
  });

  test.each([
    ["no JSON", "{", "cannot be read as JSON"],
    ["a misspelt member", JSON.stringify({ ...good, demonstratoin: true }), "demonstratoin"],
    ["no anchor", JSON.stringify({ ...good, trust: { ...good.trust, anchors: [] } }), "anchors"],
    [
      "a source that is no address",
      JSON.stringify({ ...good, trust: { ...good.trust, revocation: { sources: ["aci.crl"] } } }),
      "sources",
    ],
    [
      "a grace longer than a shift allows",
      JSON.stringify({ ...good, places: [{ ...good.places[0], graceSeconds: 99_999 }] }),
      "graceSeconds",
    ],
    [
      "a place within nothing that is known",
      JSON.stringify({ ...good, places: [{ ...good.places[0], within: "hospital" }] }),
      "no place “hospital”",
    ],
    [
      "a place within itself",
      JSON.stringify({
        ...good,
        places: [
          { ...good.places[0], within: "d" },
          { ...good.places[0], id: "d", within: "c" },
        ],
      }),
      "within itself",
    ],
    [
      "a place for an application that is none",
      JSON.stringify({ ...good, places: [{ ...good.places[0], startApplication: "record" }] }),
      "no application “record”",
    ],
    ["a time zone that is none", JSON.stringify({ ...good, timeZone: "Europe/Ville" }), "no time zone"],
    ["an origin that is none", JSON.stringify({ ...good, web: { ...good.web, origin: "wardkey" } }), "origin"],
  ])("is refused by name: %s", (_what, content, named) => {
    expect(() => readConfiguration(written(content))).toThrow(named);
  });

  test("that is not there is said to be missing", () => {
    expect(() => readConfiguration(join(folder, "none.json"))).toThrow("none.json");
  });
});
