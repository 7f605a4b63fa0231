import { brokerConfiguration } from "../../../../broker/main/configuration.ts";

/** An application as the file and the console write it. */
export function applicationOf(id: string, more: object = {}) {
  return {
    id,
    name: id.toUpperCase(),
    icon: "app-window",
    initiateLoginUri: `https://${id}.example/login`,
    client: {
      clientId: id,
      clientSecret: `the secret of ${id}, which is long enough`,
      redirectUris: [`https://${id}.example/callback`],
      backchannelLogoutUri: `https://${id}.example/logout`,
    },
    ...more,
  };
}

/** The same as a page of the console sends it: without its secret. */
export function writtenApplication(id: string, more: object = {}): Record<string, unknown> {
  const { client, ...rest } = applicationOf(id, more);
  const { clientSecret: _never, ...open } = client;
  return { ...rest, client: open };
}

export function placeOf(id: string, more: object = {}) {
  return { id, name: id, helpdeskPhone: "1", graceSeconds: 0, idleSeconds: 0, ...more };
}

/** What the configuration file says of a small house. */
export const fileHouse = brokerConfiguration.parse({
  store: "broker.sqlite",
  agents: { host: "127.0.0.1", port: 0, origin: "https://broker.example" },
  web: { host: "127.0.0.1", port: 0, origin: "https://wardkey.example" },
  trust: { anchors: ["root.pem"], intermediates: [], crls: [] },
  places: [placeOf("hospital"), placeOf("ward", { within: "hospital" })],
  applications: [applicationOf("record")],
  groups: [{ id: "night", holders: ["1"] }],
  timeZone: "Europe/Paris",
});
