import type { CardReaderEvent, CardReaders, ReaderCondition } from "../../core/ports/card-readers.ts";

/** The readers of this workstation where it has but one of those that PC/SC knows of (several seats at one machine). */
export function onlyReader(readers: CardReaders, name: string): CardReaders {
  const subscribe = (listener: (event: CardReaderEvent) => void) => {
    const here = new Set<string>();
    return readers.subscribe(event => {
      switch (event.type) {
        case "condition-changed":
          return listener({ ...event, condition: onlyOf(event.condition, name) });
        case "card-inserted":
          if (event.reader !== name) return;
          here.add(event.insertion);
          return listener(event);
        case "card-removed":
          if (here.delete(event.insertion)) listener(event);
          return;
        default:
          return event satisfies never;
      }
    });
  };
  return {
    subscribe,
    identify: insertion => readers.identify(insertion),
    presence: insertion => readers.presence(insertion),
    pinState: insertion => readers.pinState(insertion),
    signWithPin: (insertion, pin, input) => readers.signWithPin(insertion, pin, input),
    renewPin: (insertion, kind, secret, newPin) => readers.renewPin(insertion, kind, secret, newPin),
    signPresence: (insertion, input) => readers.signPresence(insertion, input),
    close: () => readers.close(),
  };
}

function onlyOf(condition: ReaderCondition, name: string): ReaderCondition {
  if (condition.kind !== "ready") return condition;
  return condition.readers.includes(name) ? { kind: "ready", readers: [name] } : { kind: "no-reader" };
}
