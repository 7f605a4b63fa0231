import { CookieBrowser, type OpenedPage } from "./cookie-browser.ts";

export interface FormPage extends OpenedPage {
  /** Where it stopped at a redirect or a form. */
  readonly next: { readonly url: string; readonly body: URLSearchParams | undefined } | undefined;
}

/** A browser for SAML: it follows redirects, and posts the forms that post themselves. */
export class FormBrowser {
  readonly #browser = new CookieBrowser();

  /** `until`: where it stops, and shows what it would have done next. */
  async open(
    address: string,
    options: { body?: URLSearchParams | undefined; until?: (next: string) => boolean } = {},
  ): Promise<FormPage> {
    let url = address;
    let body = options.body;
    for (let hop = 0; hop < 16; hop += 1) {
      const page = await this.#browser.ask(url, body);
      const next = nextOf(page);
      if (next === undefined || options.until?.(next.url) === true) return { ...page, next };
      ({ url, body } = next);
    }
    throw new Error("redirects without end");
  }
}

function nextOf({ url, location, text }: OpenedPage): FormPage["next"] {
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
