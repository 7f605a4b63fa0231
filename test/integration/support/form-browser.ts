export interface FormPage {
  readonly status: number;
  readonly url: string;
  readonly text: string;
  /** Where it stopped at a redirect or a form. */
  readonly next: { readonly url: string; readonly body: URLSearchParams | undefined } | undefined;
}

/** As little of a browser as SAML needs: it follows redirects, posts the forms that post themselves, and keeps cookies per origin. */
export class FormBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** `until`: where it stops, and shows what it would have done next. */
  async open(
    address: string,
    options: { body?: URLSearchParams | undefined; until?: (next: string) => boolean } = {},
  ): Promise<FormPage> {
    let url = address;
    let body = options.body;
    for (let hop = 0; hop < 16; hop += 1) {
      const { status, headers, text } = await this.#ask(url, body);
      const next = nextOf(url, headers.get("location"), text);
      if (next === undefined || options.until?.(next.url) === true) return { status, url, text, next };
      ({ url, body } = next);
    }
    throw new Error("redirects without end");
  }

  async #ask(
    url: string,
    body: URLSearchParams | undefined,
  ): Promise<{ status: number; headers: Headers; text: string }> {
    const { host } = new URL(url);
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, {
      redirect: "manual",
      headers: { cookie },
      ...(body === undefined ? {} : { method: "POST", body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/expires=Thu, 01.Jan.1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return { status: response.status, headers: response.headers, text: await response.text() };
  }
}

function nextOf(url: string, location: string | null, text: string): FormPage["next"] {
  if (location !== null) return { url: new URL(location, url).href, body: undefined };
  const action = /<form method="post" action="([^"]*)"/.exec(text)?.[1];
  if (action === undefined) return undefined;
  const inputs = [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  const body = new URLSearchParams(inputs.map(([, name = "", value = ""]) => [name, plain(value)]));
  return { url: plain(action), body };
}

function plain(text: string): string {
  return text
    .replaceAll("&#13;", "\r")
    .replaceAll("&#10;", "\n")
    .replaceAll("&#9;", "\t")
    .replaceAll("&quot;", '"')
    .replaceAll("&gt;", ">")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");
}
