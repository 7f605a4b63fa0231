import { execFileSync } from "node:child_process";
import type { z } from "zod";
import { isFailureCode } from "../../../core/errors/catalogue.ts";
import { Failure } from "../../../core/errors/failure.ts";
import { ownApplication } from "../../../core/second-factor/own-application.ts";
import type { BrokerClient } from "../../../electron/main/broker/broker-client.ts";
import { consoleHeader } from "../../../protocol/broker/console/routes.ts";
import { type OwnRoute, ownRoutes } from "../../../protocol/broker/own/own-routes.ts";
import { signIn, type TestBroker } from "./test-broker.ts";

/** A holder with the page of his second factors in front of him, without a browser: asks what the page would ask. */
export class OwnDesk {
  readonly seat: string;
  readonly #origin: string;
  readonly #cookie: string;

  private constructor(seat: string, origin: string, cookie: string) {
    this.seat = seat;
    this.#origin = origin;
    this.#cookie = cookie;
  }

  /** Signs in by this card, and opens the page from the portal. */
  static async open(house: TestBroker, client: BrokerClient, card: string): Promise<OwnDesk> {
    const { seat } = await signIn(client, house.keysOf(card), false);
    const { url } = await client.launch(seat, ownApplication.id);
    const response = await fetch(url, { redirect: "manual" });
    const cookie = response.headers.getSetCookie().map(text => text.split(";")[0]);
    return new OwnDesk(seat, house.configuration.web.origin, cookie.join("; "));
  }

  /** Rejects with the broker's `Failure`. */
  async ask<Question extends z.ZodType, Answer extends z.ZodType>(
    { method, path, answer }: OwnRoute<Question, Answer>,
    question: z.input<Question>,
  ): Promise<z.output<Answer>> {
    const headers = { cookie: this.#cookie, [consoleHeader]: "1", origin: this.#origin };
    const content =
      method === "POST"
        ? { headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(question) }
        : { headers };
    const response = await fetch(this.#origin + path, { method, ...content });
    const body = (await response.json()) as { readonly code?: string };
    if (!response.ok) throw new Failure(isFailureCode(body.code ?? "") ? (body.code as Failure["code"]) : "internal");
    return answer.parse(body);
  }

  /** Registers an authenticator application; answers its secret, base32. */
  async registerTotp(now: number): Promise<string> {
    const { secret } = await this.ask(ownRoutes.beginTotp, {});
    await this.ask(ownRoutes.confirmTotp, { code: codeOf(secret, now) });
    return secret;
  }
}

/** The code that a phone would show at this moment, by a generator of others. */
export function codeOf(secret: string, at: number): string {
  const moment = new Date(at).toISOString().replace("T", " ").slice(0, 19);
  return execFileSync("oathtool", ["--totp", "--base32", `--now=${moment} UTC`, secret])
    .toString()
    .trim();
}
