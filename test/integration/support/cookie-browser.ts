/** As little of a browser as a sign-in needs: it follows redirects and keeps cookies per origin. */
export class CookieBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();

  async open(
    address: string,
    follow = true,
  ): Promise<{ status: number; url: string; text: string; location: string | null }> {
    let url = address;
    for (let hop = 0; hop < 12; hop += 1) {
      const { host } = new URL(url);
      const jar = this.#cookies.get(host) ?? new Map<string, string>();
      this.#cookies.set(host, jar);
      const response = await fetch(url, {
        redirect: "manual",
        headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (/expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
        else jar.set(name, value);
      }
      const location = response.headers.get("location");
      if (location === null || !follow) return { status: response.status, url, text: await response.text(), location };
      url = new URL(location, url).href;
    }
    throw new Error("redirects without end");
  }
}
