import { Failure } from "../../core/errors/failure.ts";
import type { SeatApplications } from "../../core/ports/screen.ts";
import type { ApplicationPage, SeatBrowser } from "./seat-browser.ts";

/** Who is in front on the workstation. One owned fact: everything that shows or drives a page asks for it. */
export type Front<Page extends ApplicationPage = ApplicationPage> =
  | { readonly kind: "window" }
  | { readonly kind: "application"; readonly seat: string; readonly application: string; readonly page: Page };

/** What of the seats may be seen. After a cover only the seat that the agent names, and nothing before that; “aside”: at work, unseen. */
type Sight = { readonly kind: "covered" } | { readonly kind: "seat" | "aside"; readonly seat: string };

interface Seat<Page> {
  readonly browser: Promise<SeatBrowser>;
  readonly pages: Map<string, Page>;
  /** What was in front when the seat was last seen. */
  last: string | undefined;
}

interface Options<Page extends ApplicationPage> {
  readonly openBrowser: () => Promise<SeatBrowser & { newPage(): Promise<Page> }>;
  readonly onFrontChanged: (front: Front<Page>) => void;
}

/**
 * The applications of the seats, each seat in a browser of its own. It decides alone what is in front; hosts only
 * carry it out. Nothing of a seat is in front before `uncover` names that seat, nor while the window is not there.
 */
export class BrowserSeatApplications<Page extends ApplicationPage> implements SeatApplications {
  readonly #options: Options<Page>;
  readonly #seats = new Map<string, Seat<Page>>();
  readonly #wiping = new Map<string, Promise<void>>();
  readonly #closedListeners = new Set<(seat: string, application: string) => void>();
  readonly #usedListeners = new Set<() => void>();
  #sight: Sight = { kind: "covered" };
  #windowIsThere = false;
  #front: Front<Page> = { kind: "window" };

  constructor(options: Options<Page>) {
    this.#options = options;
  }

  get front(): Front<Page> {
    return this.#front;
  }

  async open(seat: string, application: string, url: string): Promise<void> {
    if (!isWebAddress(url)) throw new Failure("application-not-started", { detail: "not an http(s) address" });
    this.#demandSight(seat);
    try {
      const place = this.#seatOf(seat);
      const page = place.pages.get(application) ?? (await this.#newPage(seat, place, application));
      await page.navigate(url);
    } catch (problem) {
      throw new Failure("application-not-started", { detail: String(problem), cause: problem });
    }
    this.#putInFront(seat, application);
  }

  async show(seat: string, application: string): Promise<void> {
    this.#demandSight(seat);
    if (!this.#seats.get(seat)?.pages.has(application))
      throw new Failure("application-not-started", { detail: "the application is not open here" });
    this.#putInFront(seat, application);
  }

  async quit(seat: string, application: string): Promise<void> {
    const place = this.#seats.get(seat);
    const page = place?.pages.get(application);
    if (place === undefined || page === undefined) return;
    // Taken out first, so that nobody takes it for the holder's own closing.
    place.pages.delete(application);
    if (place.last === application) place.last = undefined;
    if (this.#front.kind === "application" && this.#front.page === page) this.#setFront({ kind: "window" });
    page.conceal();
    await page.close().catch(() => {});
  }

  cover(): void {
    this.#sight = { kind: "covered" };
    this.#setFront({ kind: "window" });
    for (const { pages } of this.#seats.values()) for (const page of pages.values()) page.conceal();
  }

  setAside(seat: string): void {
    if (this.#sight.kind !== "seat" || this.#sight.seat !== seat) return;
    this.cover();
    this.#sight = { kind: "aside", seat };
  }

  uncover(seat: string): void {
    if (this.#sight.kind === "seat" && this.#sight.seat === seat) return;
    this.cover();
    this.#sight = { kind: "seat", seat };
    const last = this.#seats.get(seat)?.last;
    if (last !== undefined) this.#putInFront(seat, last);
  }

  async wipe(seat: string): Promise<void> {
    const place = this.#seats.get(seat);
    if (place === undefined) return await this.#wiping.get(seat);
    if (this.#sight.kind !== "covered" && this.#sight.seat === seat) this.cover();
    for (const page of place.pages.values()) page.conceal();
    this.#seats.delete(seat);
    const wiping = place.browser
      .then(
        browser => browser.close(),
        () => {},
      )
      .finally(() => this.#wiping.delete(seat));
    this.#wiping.set(seat, wiping);
    await wiping;
  }

  onClosed(listener: (seat: string, application: string) => void): void {
    this.#closedListeners.add(listener);
  }

  onUsed(listener: () => void): void {
    this.#usedListeners.add(listener);
  }

  /** The holder goes back to the portal; the application stays open behind it. */
  showWindow(): void {
    if (this.#front.kind !== "application") return;
    const place = this.#seats.get(this.#front.seat);
    if (place !== undefined) place.last = undefined;
    const { page } = this.#front;
    this.#setFront({ kind: "window" });
    page.conceal();
  }

  /** Nothing is in front of a window that is not there (design D4). */
  windowIsThere(there: boolean): void {
    this.#windowIsThere = there;
    if (!there) this.showWindow();
  }

  async close(): Promise<void> {
    this.cover();
    await Promise.all([...this.#seats.keys()].map(seat => this.wipe(seat)));
    await Promise.all(this.#wiping.values());
  }

  #demandSight(seat: string): void {
    if (this.#sight.kind === "covered" || this.#sight.seat !== seat)
      throw new Failure("application-not-started", { detail: "the seat is covered" });
  }

  #seatOf(seat: string): Seat<Page> {
    const found = this.#seats.get(seat);
    if (found !== undefined) return found;
    const browser = this.#options.openBrowser();
    const made: Seat<Page> = { browser, pages: new Map(), last: undefined };
    this.#seats.set(seat, made);
    // A browser that did not start is tried anew at the next opening.
    browser.catch(() => this.#seats.get(seat) === made && this.#seats.delete(seat));
    return made;
  }

  async #newPage(seat: string, place: Seat<Page>, application: string): Promise<Page> {
    const page = (await (await place.browser).newPage()) as Page;
    page.conceal();
    if (this.#seats.get(seat) !== place) {
      await page.close();
      throw new Error("the seat ended meanwhile");
    }
    place.pages.set(application, page);
    page.onClosed(() => this.#pageClosed(seat, place, application, page));
    page.onUsed(() => {
      for (const listener of this.#usedListeners) listener();
    });
    page.onPortalAsked(() => {
      if (this.#front.kind === "application" && this.#front.page === page) this.showWindow();
    });
    return page;
  }

  #pageClosed(seat: string, place: Seat<Page>, application: string, page: Page): void {
    if (this.#seats.get(seat) !== place || place.pages.get(application) !== page) return;
    place.pages.delete(application);
    if (place.last === application) place.last = undefined;
    if (this.#front.kind === "application" && this.#front.page === page) this.#setFront({ kind: "window" });
    for (const listener of this.#closedListeners) listener(seat, application);
  }

  #putInFront(seat: string, application: string): void {
    const place = this.#seats.get(seat);
    const page = place?.pages.get(application);
    if (place === undefined || page === undefined) return;
    place.last = application;
    if (!this.#windowIsThere || this.#sight.kind !== "seat" || this.#sight.seat !== seat) return;
    if (this.#front.kind === "application" && this.#front.page !== page) this.#front.page.conceal();
    page.reveal();
    this.#setFront({ kind: "application", seat, application, page });
  }

  #setFront(front: Front<Page>): void {
    this.#front = front;
    this.#options.onFrontChanged(front);
  }
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);
}
