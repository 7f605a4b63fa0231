import { isLanguage, type Language, languageCodes, languages } from "../../../core/language.ts";
import type { DeskCard, DeskTrailRecord } from "../desk-controls.ts";
import type { DeskPageWorkstation, FromDeskPage, ToDeskPage } from "../desk-messages.ts";
import { unpackFrame } from "../frame-message.ts";
import { drawCard } from "./card.ts";
import { element, redraw } from "./element.ts";
import { LiveScreen } from "./live-screen.ts";
import { Steps } from "./steps.ts";
import { words as allWords, languageOfBrowser } from "./words.ts";

type Desk = Extract<ToDeskPage, { type: "desk" }>;

const tenMinutes = 600_000;
const live = new WebSocket(`ws://${location.host}/live`);
const screens = new Map<string, LiveScreen>();
const steps = new Steps();
let language: Language = languageOfBrowser();
let desk: Desk | undefined;
let noticeTimer: ReturnType<typeof setTimeout> | undefined;

const send = (message: FromDeskPage): void => live.send(JSON.stringify(message));
const part = (id: string): HTMLElement => document.getElementById(id) ?? document.body;
const letter = (index: number): string => String.fromCharCode(65 + index);

live.binaryType = "arraybuffer";
live.addEventListener("message", event => {
  if (typeof event.data !== "string") {
    const { workstation, frame } = unpackFrame(event.data);
    void screenOf(desk?.workstations[workstation]?.id ?? "")?.draw(frame);
    return;
  }
  const message: ToDeskPage = JSON.parse(event.data);
  if (message.type === "problem") return notice(`${allWords[language].problem} ${message.text}`);
  desk = message;
  steps.watch(message.workstations);
  draw();
});
live.addEventListener("close", () => notice(allWords[language].disconnected, Number.POSITIVE_INFINITY));

function screenOf(id: string): LiveScreen | undefined {
  if (!desk?.workstations.some(workstation => workstation.id === id)) return undefined;
  const found = screens.get(id) ?? new LiveScreen(input => send({ type: "input", workstation: id, input }));
  screens.set(id, found);
  return found;
}

function notice(text: string, ms = 8_000): void {
  clearTimeout(noticeTimer);
  part("notice").textContent = text;
  if (Number.isFinite(ms)) noticeTimer = setTimeout(() => part("notice").replaceChildren(), ms);
}

function draw(): void {
  if (desk === undefined) return;
  const { workstations, cards, state } = desk;
  document.documentElement.lang = language;
  redraw(part("top"), language, drawTop);
  redraw(
    part("screens"),
    [language, workstations.map(one => [one.id, one.name, nameOfFront(one), one.view === undefined])],
    () => workstations.map(drawWorkstation),
  );
  redraw(part("table"), [language, cards, state.inserted], drawTable);
  redraw(part("steps"), [language, steps.done], drawSteps);
  redraw(part("below"), [language, state], drawBelow);
}

function drawTop(): Node[] {
  const words = allWords[language];
  return [
    element("div", { class: "mark", "aria-hidden": "true" }),
    element("div", { class: "top-text" }, element("h1", {}, "Wardkey"), element("p", {}, words.lead)),
    drawLanguages(),
  ];
}

function drawLanguages(): HTMLElement {
  const choice = document.createElement("select");
  choice.setAttribute("aria-label", allWords[language].language);
  choice.setAttribute("data-key", "language");
  for (const code of languageCodes) {
    const option = element("option", { value: code, lang: code, selected: code === language }, languages[code]);
    choice.append(option);
  }
  choice.addEventListener("change", () => {
    if (isLanguage(choice.value)) language = choice.value;
    draw();
  });
  return choice;
}

function drawWorkstation(workstation: DeskPageWorkstation, index: number): HTMLElement {
  const words = allWords[language];
  const canvas = screenOf(workstation.id)?.canvas;
  canvas?.setAttribute("aria-label", `${words.screenOf} ${letter(index)}`);
  canvas?.setAttribute("role", "application");
  canvas?.setAttribute("data-key", `screen-${workstation.id}`);
  const front = nameOfFront(workstation);
  return element(
    "section",
    { class: "monitor", "data-workstation": workstation.id, "data-front": workstation.front.kind },
    element(
      "h2",
      {},
      element("b", { class: "letter" }, letter(index)),
      element("span", {}, workstation.name),
      element("small", {}, `${workstation.placeName} · ${front}`),
    ),
    element(
      "div",
      { class: "bezel" },
      ...(canvas === undefined ? [] : [canvas]),
      ...(workstation.view === undefined ? [element("p", { class: "starting" }, words.starting)] : []),
    ),
    element("div", { class: "stand", "aria-hidden": "true" }),
  );
}

/** What is in front, by the name on its tile. */
function nameOfFront({ front, view }: DeskPageWorkstation): string {
  if (front.kind === "window") return allWords[language].windowInFront;
  const tiles = view?.screen.name === "portal" ? view.screen.tiles : [];
  return tiles.find(tile => tile.id === front.application)?.name ?? front.application;
}

function drawTable(): Node[] {
  if (desk === undefined) return [];
  const words = allWords[language];
  const { workstations, cards } = desk;
  const on = (shelf: DeskCard["shelf"]) => cards.filter(card => card.shelf === shelf).map(drawPlace);
  const [first, ...others] = workstations.map(drawReader);
  return [
    ...(first === undefined ? [] : [first]),
    element(
      "section",
      { class: "tray", "aria-label": words.cards },
      element("div", { class: "staff" }, ...on("staff")),
      drawShelfHead(words.troubleCards, words.troubleHint),
      element("div", { class: "shelf" }, ...on("trouble")),
      drawShelfHead(words.otherKinds, words.otherKindsHint),
      element("div", { class: "shelf" }, ...on("kinds")),
    ),
    ...others,
  ];
}

function drawShelfHead(title: string, hint: string): HTMLElement {
  return element("div", { class: "shelf-head" }, element("h3", {}, title), element("small", {}, hint));
}

function drawReader(workstation: DeskPageWorkstation, index: number): HTMLElement {
  const words = allWords[language];
  const card = desk?.cards.find(one => one.id === desk?.state.inserted[workstation.id]);
  const state = card === undefined ? words.readerEmpty : words.cardIn;
  return element(
    "section",
    { class: "reader", "data-card-in": card !== undefined, "data-workstation": workstation.id },
    element(
      "div",
      { class: "slot-place" },
      ...(card === undefined ? [] : [drawCard(card, words)]),
      element(
        "div",
        { class: "reader-body" },
        element("span", { class: "light", "aria-hidden": "true" }),
        element("span", {}, `${letter(index)} · ${state}`),
      ),
    ),
    element(
      "button",
      {
        class: "take-out",
        "data-key": `take-out-${workstation.id}`,
        disabled: card === undefined,
        click: () => send({ type: "remove", workstation: workstation.id }),
      },
      words.takeOut,
    ),
  );
}

/** The place of one card on the desk: the card with a button to each reader, or where it is now. */
function drawPlace(card: DeskCard): HTMLElement {
  const words = allWords[language];
  const workstations = desk?.workstations ?? [];
  const where = workstations.findIndex(workstation => desk?.state.inserted[workstation.id] === card.id);
  const insert = (workstation: DeskPageWorkstation) => () => {
    send({ type: "insert", card: card.id, workstation: workstation.id });
    // So that the PIN can be typed at once.
    screens.get(workstation.id)?.canvas.focus({ preventScroll: true });
  };
  return element(
    "div",
    { class: "place", "data-away": where >= 0 },
    where >= 0
      ? element(
          "div",
          { class: "card-gone" },
          element("b", {}, `${card.givenName} ${card.familyName}`),
          element("span", {}, `${words.inReader} ${letter(where)}`),
        )
      : drawCard(card, words),
    element(
      "div",
      { class: "insert" },
      ...workstations.map((workstation, index) =>
        element(
          "button",
          {
            "data-key": `insert-${card.id}-${workstation.id}`,
            "aria-label": `${words.insertInto} ${letter(index)}: ${card.givenName} ${card.familyName} ${card.fault === "none" ? card.kindName : (words.faults[card.fault] ?? "")}`,
            disabled: where === index,
            click: insert(workstation),
          },
          index === 0 ? `← ${letter(index)}` : `${letter(index)} →`,
        ),
      ),
    ),
  );
}

function drawSteps(): Node[] {
  const words = allWords[language];
  const done = steps.done;
  const items = words.stepTexts.map((text, index) => element("li", { "data-done": done.includes(index) }, text));
  const all = done.length === items.length;
  return [
    element("h3", {}, words.steps),
    element("ol", {}, ...items),
    element("p", { class: all ? "all-done" : "live" }, all ? words.allDone : words.live),
  ];
}

function drawBelow(): Node[] {
  if (desk === undefined) return [];
  const words = allWords[language];
  const { state } = desk;
  const running = state.broker === "running";
  return [
    element(
      "section",
      { class: "ward" },
      element(
        "div",
        { class: "switches" },
        element(
          "button",
          {
            "data-key": "broker",
            disabled: state.broker === "changing",
            click: () => send({ type: "set-broker", running: !running }),
          },
          running ? words.stopBroker : words.startBroker,
        ),
        element(
          "button",
          { "data-key": "time", click: () => send({ type: "pass-time", ms: tenMinutes }) },
          words.passTime,
        ),
        element(
          "span",
          { class: "broker-state", "data-broker": state.broker },
          `${words.broker} ${words.brokerStates[state.broker]}`,
        ),
        ...(state.clockAheadMs > 0
          ? [element("span", {}, `${words.clockAhead} ${Math.round(state.clockAheadMs / 60_000)} ${words.minutes}`)]
          : []),
      ),
      element("h3", {}, words.trail),
      ...drawTrail(state.trail ?? []),
    ),
  ];
}

function drawTrail(trail: readonly DeskTrailRecord[]): Node[] {
  if (trail.length === 0) return [element("p", { class: "empty" }, allWords[language].trailEmpty)];
  const time = (at: number) => new Date(at).toLocaleTimeString(language);
  const cells = (one: DeskTrailRecord) =>
    [String(one.number), time(one.at), one.act, one.result, one.holder, one.means, one.workstation].map(text =>
      element("td", {}, text ?? ""),
    );
  const rows = trail.slice(0, 8).map(one => element("tr", { "data-result": one.result }, ...cells(one)));
  return [element("table", {}, element("tbody", {}, ...rows))];
}
