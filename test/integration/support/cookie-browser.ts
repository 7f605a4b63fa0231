import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";

export interface OpenedPage {
  readonly status: number;
  readonly url: string;
  readonly text: string;
  readonly location: string | null;
  readonly headers: IncomingMessage["headers"];
}

/** As little of a browser as a sign-in needs: it follows redirects, keeps cookies per origin and submits forms. */
export class CookieBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();

  open(address: string, follow = true): Promise<OpenedPage> {
    return this.#go(address, undefined, follow);
  }

  /** Follows redirects up to the first below `address`, and answers that; throws where it stops before. */
  async until(start: string, address: string): Promise<string> {
    let step = await this.open(start, false);
    while (step.location !== null && !step.location.startsWith(address))
      step = await this.open(new URL(step.location, step.url).href, false);
    if (step.location === null) throw new Error(`stopped at ${step.url} with ${step.status}: ${step.text}`);
    return step.location;
  }

  /** Presses the button of the page's only form. */
  async submit(page: OpenedPage, follow = true): Promise<OpenedPage> {
    const action = /<form[^>]* action="([^"]+)"/.exec(page.text)?.[1] ?? "";
    const fields = [...page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    const body = new URLSearchParams(fields.map(([, name = "", value = ""]) => [name, value]));
    return this.#go(new URL(action, page.url).href, body, follow);
  }

  async #go(address: string, body: URLSearchParams | undefined, follow: boolean): Promise<OpenedPage> {
    let page = await this.ask(address, body);
    for (let hop = 0; follow && page.location !== null; hop += 1) {
      if (hop > 12) throw new Error("redirects without end");
      page = await this.ask(new URL(page.location, page.url).href);
    }
    return page;
  }

  /** One request; `body`: a form that is posted. */
  async ask(url: string, body?: URLSearchParams): Promise<OpenedPage> {
    const { host } = new URL(url);
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const { status, headers, body: text } = await exchanged(url, cookie, body);
    for (const line of headers["set-cookie"] ?? []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/expires=Thu, 01.Jan.1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return { status, url, text, location: headers.location ?? null, headers };
  }
}

/** By Node's plain client: its `fetch` would say of itself that it is a script, and relying parties send scripts nowhere. */
async function exchanged(url: string, cookie: string, fields: URLSearchParams | undefined) {
  const headers = { accept: "text/html", cookie };
  const sent =
    fields === undefined
      ? request(url, { headers })
      : request(url, {
          method: "POST",
          headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
        });
  sent.end(fields?.toString());
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
}
