export interface AnsweredPage {
  readonly status: number;
  readonly url: string;
  readonly text: string;
  readonly location: string | null;
}

/** As little of a browser as a sign-in needs: it follows redirects and keeps cookies per origin. */
export class CookieBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();

  async open(address: string, follow = true): Promise<AnsweredPage> {
    let url = address;
    for (let hop = 0; hop < 12; hop += 1) {
      const page = await this.ask(url);
      if (page.location === null || !follow) return page;
      url = new URL(page.location, url).href;
    }
    throw new Error("redirects without end");
  }

  /** One request; `body`: a form that is posted. */
  async ask(url: string, body?: URLSearchParams): Promise<AnsweredPage> {
    const { host } = new URL(url);
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    const response = await fetch(url, {
      redirect: "manual",
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(body === undefined ? {} : { method: "POST", body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/expires=Thu, 01.Jan.1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return { status: response.status, url, text: await response.text(), location: response.headers.get("location") };
  }
}
