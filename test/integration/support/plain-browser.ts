interface Opened {
  readonly status: number;
  readonly url: string;
  readonly text: string;
  /** Where it would have gone on to: it was told to stop there. */
  readonly location: string | null;
  /** The address in `Refresh`, where the page goes on by itself. */
  readonly refresh: string | undefined;
}

interface Opening {
  /** Goes on where a page says so by itself. */
  readonly refreshes?: boolean;
  /** Does not go to addresses that begin with this. */
  readonly stopAt?: string;
}

/** As little of a browser as a sign-in needs: it follows redirects and keeps cookies per host and path. */
export class PlainBrowser {
  readonly #cookies: { readonly host: string; readonly path: string; readonly name: string; value: string }[] = [];

  async open(address: string, { refreshes = false, stopAt }: Opening = {}): Promise<Opened> {
    let url = address;
    for (let hop = 0; hop < 20; hop += 1) {
      const response = await fetch(url, { redirect: "manual", headers: { cookie: this.#cookieFor(new URL(url)) } });
      for (const line of response.headers.getSetCookie()) this.#keep(new URL(url), line);
      const location = response.headers.get("location");
      const next = location === null ? undefined : new URL(location, url).href;
      const refresh = /url=(.*)$/.exec(response.headers.get("refresh") ?? "")?.[1];
      if (next !== undefined && stopAt !== undefined && next.startsWith(stopAt))
        return { status: response.status, url, text: "", location: next, refresh };
      if (next === undefined && (refresh === undefined || !refreshes))
        return { status: response.status, url, text: await response.text(), location: null, refresh };
      url = next ?? new URL(refresh ?? "", url).href;
    }
    throw new Error("redirects without end");
  }

  #cookieFor({ host, pathname }: URL): string {
    return this.#cookies
      .filter(cookie => cookie.host === host && pathname.startsWith(cookie.path))
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
  }

  #keep({ host }: URL, line: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const path = /;\s*path=([^;]*)/i.exec(line)?.[1] ?? "/";
    const at = this.#cookies.findIndex(known => known.host === host && known.path === path && known.name === name);
    if (at >= 0) this.#cookies.splice(at, 1);
    if (!/expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.push({ host, path, name, value });
  }
}
