import { expect, test, vi } from "vitest";
import {
  BrowserSeatApplications,
  type Front,
} from "../../../../native-bindings/workstation/browser-seat-applications.ts";
import type { ApplicationPage, SeatBrowser } from "../../../../native-bindings/workstation/seat-browser.ts";

class FakePage implements ApplicationPage {
  visible = true;
  url = "";
  closed = false;
  answers: (url: string) => Promise<void> = async () => {};
  #closedListener = () => {};
  #portalListener = () => {};
  #usedListener = () => {};

  async navigate(url: string): Promise<void> {
    await this.answers(url);
    this.url = url;
  }
  reveal(): void {
    this.visible = true;
  }
  conceal(): void {
    this.visible = false;
  }
  async close(): Promise<void> {
    this.closed = true;
  }
  onClosed(listener: () => void): void {
    this.#closedListener = listener;
  }
  onUsed(listener: () => void): void {
    this.#usedListener = listener;
  }
  beUsed(): void {
    this.#usedListener();
  }
  onPortalAsked(listener: () => void): void {
    this.#portalListener = listener;
  }
  closeByHolder(): void {
    this.#closedListener();
  }
  askForPortal(): void {
    this.#portalListener();
  }
}

class FakeBrowser implements SeatBrowser {
  readonly pages: FakePage[] = [];
  closed = 0;
  pageReady: Promise<void> = Promise.resolve();

  async newPage(): Promise<FakePage> {
    await this.pageReady;
    const page = new FakePage();
    this.pages.push(page);
    return page;
  }
  async close(): Promise<void> {
    this.closed += 1;
  }
}

function setUp(openBrowser?: () => Promise<FakeBrowser>) {
  const browsers: FakeBrowser[] = [];
  const fronts: Front["kind"][] = [];
  const seats = new BrowserSeatApplications<FakePage>({
    openBrowser:
      openBrowser ??
      (async () => {
        const browser = new FakeBrowser();
        browsers.push(browser);
        return browser;
      }),
    onFrontChanged: front => fronts.push(front.kind),
  });
  seats.windowIsThere(true);
  const pages = () => browsers.flatMap(browser => browser.pages);
  const shown = () => pages().filter(page => page.visible && !page.closed);
  return { seats, browsers, fronts, pages, shown };
}

const url = "https://record.example/start";
const notStarted = expect.objectContaining({ code: "application-not-started" });

test("an application opens in front in the seat that is uncovered", async () => {
  const { seats, shown } = setUp();
  seats.uncover("one");
  await seats.open("one", "record", url);
  expect(seats.front).toMatchObject({ kind: "application", seat: "one", application: "record" });
  expect(shown().map(page => page.url)).toEqual([url]);
});

test("before anything is uncovered, nothing opens", async () => {
  const { seats, browsers } = setUp();
  await expect(seats.open("one", "record", url)).rejects.toEqual(notStarted);
  expect(browsers).toHaveLength(0);
});

test("a seat that is not the uncovered one opens and shows nothing", async () => {
  const { seats } = setUp();
  seats.uncover("one");
  await seats.open("one", "record", url);
  seats.uncover("two");
  await expect(seats.open("one", "record", url)).rejects.toEqual(notStarted);
  await expect(seats.show("one", "record")).rejects.toEqual(notStarted);
  expect(seats.front).toEqual({ kind: "window" });
});

test.each(["file:///etc/passwd", "javascript:alert(1)", "chrome://settings", "record"])(
  "%s is no address of an application",
  async address => {
    const { seats, browsers } = setUp();
    seats.uncover("one");
    await expect(seats.open("one", "record", address)).rejects.toEqual(notStarted);
    expect(browsers).toHaveLength(0);
  },
);

test("opening an open application navigates it instead of opening a second one", async () => {
  const { seats, pages } = setUp();
  seats.uncover("one");
  await seats.open("one", "record", url);
  await seats.open("one", "record", `${url}?again`);
  expect(pages().map(page => page.url)).toEqual([`${url}?again`]);
});

test("one browser per seat, one page per application, the last one in front", async () => {
  const { seats, browsers, shown } = setUp();
  seats.uncover("one");
  await seats.open("one", "record", url);
  await seats.open("one", "laboratory", `${url}/lab`);
  expect(browsers).toHaveLength(1);
  expect(shown().map(page => page.url)).toEqual([`${url}/lab`]);
  await seats.show("one", "record");
  expect(shown().map(page => page.url)).toEqual([url]);
});

test("the cover holds at once: in front is the window before the call returns", async () => {
  const { seats, shown, fronts } = setUp();
  seats.uncover("one");
  await seats.open("one", "record", url);
  seats.cover();
  expect(seats.front).toEqual({ kind: "window" });
  expect(fronts.at(-1)).toBe("window");
  expect(shown()).toEqual([]);
});

test("what was in front comes back with its own seat", async () => {
  const { seats, shown } = setUp();
  seats.uncover("one");
  await seats.open("one", "record", url);
  seats.cover();
  seats.uncover("one");
  expect(seats.front).toMatchObject({ application: "record" });
  expect(shown()).toHaveLength(1);
});

test("what was in front of one seat does not come with another", async () => {
  const { seats, shown } = setUp();
  seats.uncover("one");
  await seats.open("one", "record", url);
  seats.cover();
  seats.uncover("two");
  expect(seats.front).toEqual({ kind: "window" });
  expect(shown()).toEqual([]);
});

test("an application that answers after the cover stays out of sight", async () => {
  const answered = Promise.withResolvers<void>();
  const browser = new FakeBrowser();
  browser.pageReady = answered.promise;
  const { seats } = setUp(async () => browser);
  seats.uncover("one");
  const opening = seats.open("one", "record", url);
  seats.cover();
  answered.resolve();
  await opening;
  expect(seats.front).toEqual({ kind: "window" });
  expect(browser.pages.map(page => page.visible)).toEqual([false]);
  seats.uncover("one");
  expect(seats.front).toMatchObject({ application: "record" });
});

test("an application that answers after its seat was wiped is closed and never seen", async () => {
  const answered = Promise.withResolvers<void>();
  const browser = new FakeBrowser();
  browser.pageReady = answered.promise;
  const { seats } = setUp(async () => browser);
  seats.uncover("one");
  const opening = seats.open("one", "record", url);
  const wiped = seats.wipe("one");
  answered.resolve();
  await expect(opening).rejects.toEqual(notStarted);
  await wiped;
  expect(browser.pages.map(page => page.closed)).toEqual([true]);
  expect(browser.closed).toBe(1);
});

test("an address that cannot be reached is not put in front", async () => {
  const { seats, pages } = setUp();
  seats.uncover("one");
  await seats.open("one", "laboratory", url);
  seats.showWindow();
  for (const page of pages()) page.answers = () => Promise.reject(new Error("ERR_CONNECTION_REFUSED"));
  await expect(seats.open("one", "laboratory", url)).rejects.toEqual(notStarted);
  expect(seats.front).toEqual({ kind: "window" });
});

test("a browser that did not start is tried anew", async () => {
  const open = vi.fn().mockRejectedValueOnce(new Error("no Chromium")).mockResolvedValueOnce(new FakeBrowser());
  const { seats } = setUp(open);
  seats.uncover("one");
  await expect(seats.open("one", "record", url)).rejects.toEqual(notStarted);
  await seats.open("one", "record", url);
  expect(seats.front).toMatchObject({ application: "record" });
});

test("wiping ends the browser once, however often it is asked", async () => {
  const { seats, browsers } = setUp();
  seats.uncover("one");
  await seats.open("one", "record", url);
  await Promise.all([seats.wipe("one"), seats.wipe("one")]);
  await seats.wipe("one");
  expect(browsers.map(browser => browser.closed)).toEqual([1]);
  expect(seats.front).toEqual({ kind: "window" });
});

test("an application closed by its holder is told; one that a wipe closes is not", async () => {
  const { seats, pages } = setUp();
  const closed: string[] = [];
  seats.onClosed((seat, application) => closed.push(`${seat} ${application}`));
  seats.uncover("one");
  await seats.open("one", "record", url);
  await seats.open("one", "laboratory", url);
  pages()[1]?.closeByHolder();
  expect(closed).toEqual(["one laboratory"]);
  expect(seats.front).toEqual({ kind: "window" });
  await seats.wipe("one");
  pages()[0]?.closeByHolder();
  expect(closed).toEqual(["one laboratory"]);
});

test("the holder goes back to the portal from what is in front, and only from there", async () => {
  const { seats, pages } = setUp();
  seats.uncover("one");
  await seats.open("one", "record", url);
  await seats.open("one", "laboratory", url);
  pages()[0]?.askForPortal();
  expect(seats.front).toMatchObject({ application: "laboratory" });
  pages()[1]?.askForPortal();
  expect(seats.front).toEqual({ kind: "window" });
});

test("while the window is not there nothing is in front, and nothing comes back by itself", async () => {
  const { seats, shown } = setUp();
  seats.uncover("one");
  await seats.open("one", "record", url);
  seats.windowIsThere(false);
  expect(shown()).toEqual([]);
  await seats.show("one", "record");
  expect(shown()).toEqual([]);
  seats.windowIsThere(true);
  expect(shown()).toEqual([]);
  await seats.show("one", "record");
  expect(shown()).toHaveLength(1);
});

test("closing covers first and ends every browser", async () => {
  const { seats, browsers } = setUp();
  for (const seat of ["one", "two"]) {
    seats.uncover(seat);
    await seats.open(seat, "record", url);
  }
  await seats.close();
  expect(browsers.map(browser => browser.closed)).toEqual([1, 1]);
  expect(seats.front).toEqual({ kind: "window" });
});

test("set aside, applications stay as they are behind the window, and what opens meanwhile waits there", async () => {
  const { seats, shown, pages } = setUp();
  seats.uncover("one");
  await seats.open("one", "record", url);
  seats.setAside("one");
  expect([seats.front.kind, shown()]).toEqual(["window", []]);
  await seats.open("one", "prescriptions", "https://prescriptions.example/");
  expect([seats.front.kind, shown()]).toEqual(["window", []]);
  expect(pages().map(page => page.closed)).toEqual([false, false]);
  seats.uncover("one");
  expect(seats.front).toMatchObject({ kind: "application", application: "prescriptions" });
});

test("set aside from the portal, the portal is there again", async () => {
  const { seats } = setUp();
  seats.uncover("one");
  await seats.open("one", "record", url);
  seats.showWindow();
  seats.setAside("one");
  seats.uncover("one");
  expect(seats.front.kind).toBe("window");
});

test("a seat that is not the one in sight is not set aside, and one that is set aside can be covered and wiped", async () => {
  const { seats, shown, browsers } = setUp();
  seats.setAside("one");
  await expect(seats.open("one", "record", url)).rejects.toThrow(notStarted);
  seats.uncover("one");
  await seats.open("one", "record", url);
  seats.setAside("two");
  expect(seats.front.kind).toBe("application");
  seats.setAside("one");
  seats.cover();
  await expect(seats.open("one", "record", url)).rejects.toThrow(notStarted);
  seats.uncover("one");
  seats.setAside("one");
  await seats.wipe("one");
  expect([shown(), browsers.map(browser => browser.closed)]).toEqual([[], [1]]);
  await expect(seats.open("one", "record", url)).rejects.toThrow(notStarted);
});

test("an application that may not be open any more is closed; the seat's others stay, and its holder has closed nothing", async () => {
  const { seats, shown, pages } = setUp();
  const closed: string[] = [];
  seats.onClosed((_seat, application) => closed.push(application));
  seats.uncover("one");
  await seats.open("one", "record", url);
  await seats.open("one", "laboratory", `${url}/lab`);
  await seats.quit("one", "laboratory");
  expect(pages().map(page => page.closed)).toEqual([false, true]);
  expect(seats.front).toEqual({ kind: "window" });
  expect(shown()).toEqual([]);
  await seats.show("one", "record");
  expect(shown().map(page => page.url)).toEqual([url]);
  await expect(seats.show("one", "laboratory")).rejects.toEqual(notStarted);
  await seats.quit("one", "laboratory");
  await seats.quit("two", "record");
  expect(closed).toEqual([]);
});
