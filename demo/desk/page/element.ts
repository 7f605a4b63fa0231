type Attributes = Readonly<Record<string, string | boolean | (() => void) | undefined>>;

/** Makes an element: functions become listeners, `true` an empty attribute, `false` and `undefined` none. */
export function element(
  tag: string,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (typeof value === "string") made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const drawn = new WeakMap<Element, string>();

/** Draws a part of the page anew where `facts` changed; the keyboard stays on the element of the same `data-key`. */
export function redraw(part: Element, facts: unknown, draw: () => readonly Node[]): void {
  const now = JSON.stringify(facts);
  if (drawn.get(part) === now) return;
  drawn.set(part, now);
  const focused = part.contains(document.activeElement) ? document.activeElement?.getAttribute("data-key") : undefined;
  part.replaceChildren(...draw());
  if (focused) part.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}
