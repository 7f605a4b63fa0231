import type { z } from "zod";
import type { brokerConfiguration } from "../../../broker/main/configuration.ts";
import { freePorts } from "../../../demo/ward/free-ports.ts";
import { BrokerClient } from "../../../electron/main/broker/broker-client.ts";
import type { Enrolment } from "../../../electron/main/broker/enrolment.ts";
import { BareClient } from "./bare-client.ts";
import { CookieBrowser } from "./cookie-browser.ts";
import { signIn, TestBroker } from "./test-broker.ts";

type Configured = z.input<typeof brokerConfiguration>;
type ConfiguredClient = NonNullable<Configured["applications"][number]["client"]>;

export const clientSecret = "a secret of at least thirty-two characters";

/** A broker, one workstation, and relying parties that the test plays itself: nobody listens at their addresses. */
export class OidcHouse {
  readonly broker: TestBroker;
  workstation: BrokerClient;
  readonly #enrolment: Enrolment;

  private constructor(broker: TestBroker, enrolment: Enrolment) {
    this.broker = broker;
    this.#enrolment = enrolment;
    this.workstation = new BrokerClient(enrolment);
  }

  /** Clients by their identifier; each says what it is beside a confidential client with one redirect address. */
  static async open(
    clients: Record<string, Partial<ConfiguredClient>>,
    change: Partial<Configured> = {},
    web: Partial<Configured["web"]> = {},
  ): Promise<OidcHouse> {
    const configured = {
      ...change,
      applications: Object.entries(clients).map(([clientId, client]) => ({
        id: clientId,
        name: clientId,
        icon: "folder",
        initiateLoginUri: `${addressOf(clientId)}/login`,
        client: {
          clientId,
          redirectUris: [`${addressOf(clientId)}/callback`],
          ...(client.tokenEndpointAuthMethod === undefined ? { clientSecret } : {}),
          ...client,
        },
      })),
    };
    const broker = await TestBroker.start(configured, web);
    return new OidcHouse(broker, await broker.enrol("A"));
  }

  /** The broker stops and starts; the workstation comes back by a new line. */
  async restart(): Promise<void> {
    await this.workstation.close();
    await this.broker.restart();
    this.workstation = new BrokerClient(this.#enrolment);
  }

  get origin(): string {
    return this.broker.broker.webOrigin;
  }

  redirectUri(clientId: string): string {
    return `${addressOf(clientId)}/callback`;
  }

  client(clientId: string, redirectUri = this.redirectUri(clientId)): BareClient {
    const { client } = this.broker.configuration.applications.find(({ id }) => id === clientId) ?? {};
    const secret = client?.clientSecret;
    return new BareClient(this.origin, {
      clientId,
      redirectUri,
      ...(secret === undefined ? {} : { clientSecret: secret }),
    });
  }

  /** The card in, and a browser that belongs to its seat. */
  async seated(card = "physician"): Promise<{ browser: CookieBrowser; seat: string }> {
    const { seat } = await signIn(this.workstation, this.broker.keysOf(card));
    return { browser: await this.browserOf(seat), seat };
  }

  /** A browser that belongs to no seat. */
  stranger(): CookieBrowser {
    return new CookieBrowser();
  }

  async browserOf(seat: string): Promise<CookieBrowser> {
    const [first] = this.broker.configuration.applications;
    const browser = new CookieBrowser();
    await browser.open((await this.workstation.launch(seat, first?.id ?? "")).url, false);
    return browser;
  }

  async close(): Promise<void> {
    await this.workstation.close();
    await this.broker.close();
  }
}

/** A port that nothing listens on. */
const [silent = 1] = await freePorts(1);

function addressOf(clientId: string): string {
  return `http://${clientId}.localhost:${silent}`;
}
