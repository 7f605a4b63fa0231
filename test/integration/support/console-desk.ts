import type { z } from "zod";
import { type FailureCode, isFailureCode } from "../../../core/errors/catalogue.ts";
import { Failure } from "../../../core/errors/failure.ts";
import { BrokerClient } from "../../../electron/main/broker/broker-client.ts";
import { consoleApplication } from "../../../protocol/broker/console/console-application.ts";
import { type ConsoleRoute, consoleHeader } from "../../../protocol/broker/console/routes.ts";
import { signIn, type TestBroker } from "./test-broker.ts";

/** Somebody with the console in front of him, without a browser: asks what its page would ask. */
export class ConsoleDesk {
  readonly client: BrokerClient;
  readonly #origin: string;
  readonly #cookie: string;

  private constructor(client: BrokerClient, origin: string, cookie: string) {
    this.client = client;
    this.#origin = origin;
    this.#cookie = cookie;
  }

  /** Signs in by this card at a workstation of its own, and launches the console from the portal. */
  static async open(house: TestBroker, card: string, name = `DESK-${card}`): Promise<ConsoleDesk> {
    const client = new BrokerClient(await house.enrol(name));
    const { seat } = await signIn(client, house.keysOf(card));
    const { url } = await client.launch(seat, consoleApplication.id);
    const response = await fetch(url, { redirect: "manual" });
    const cookie = response.headers.getSetCookie().map(text => text.split(";")[0]);
    return new ConsoleDesk(client, house.configuration.web.origin, cookie.join("; "));
  }

  /** Rejects with the broker's `Failure`. */
  async ask<Question extends z.ZodType, Answer extends z.ZodType>(
    { method, path, answer }: ConsoleRoute<Question, Answer>,
    question: z.input<Question>,
  ): Promise<z.output<Answer>> {
    const asked = Object.entries(question as object).filter(([, value]) => value !== undefined);
    const query = method === "GET" && asked.length > 0 ? `?${new URLSearchParams(asked)}` : "";
    const response = await fetch(this.#origin + path + query, {
      method,
      headers: {
        cookie: this.#cookie,
        [consoleHeader]: "1",
        origin: this.#origin,
        "sec-fetch-site": "same-origin",
        ...(method === "POST" ? { "content-type": "application/json" } : {}),
      },
      ...(method === "POST" ? { body: JSON.stringify(question) } : {}),
    });
    const body: unknown = await response.json();
    if (!response.ok) throw new Failure(codeIn(body));
    return answer.parse(body);
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}

function codeIn(body: unknown): FailureCode {
  const { code } = body as { readonly code: string };
  return isFailureCode(code) ? code : "internal";
}
