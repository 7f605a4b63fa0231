import fc from "fast-check";
import type { WardModel } from "./ward-model.ts";

export type Move = (model: WardModel) => void;

const workstation = fc.integer({ min: 0, max: 1 });
const card = fc.integer({ min: 0, max: 1 });
const choice = fc.integer({ min: 0, max: 5 });

/** Does and answers what is asked, in order. */
function settle(model: WardModel, steps: number): void {
  for (let step = 0; step < steps; step += 1) {
    model.perform(0, false);
    model.deliver(0);
  }
}

/** The same, but what was asked last is done and answered first: answers overtake each other. */
function settleBackwards(model: WardModel, steps: number): void {
  for (let step = 0; step < steps; step += 1) {
    model.perform(-1, false);
    model.deliver(-1);
  }
}

/** What people, networks and machines do, each as often as it helps to reach the dark corners. */
export const randomMove: fc.Arbitrary<Move> = fc.oneof(
  // Stretches in which nothing goes wrong: without them, sessions would hardly ever open.
  {
    weight: 8,
    arbitrary: fc.integer({ min: 2, max: 10 }).map(
      (steps): Move =>
        model =>
          settle(model, steps),
    ),
  },
  {
    weight: 8,
    arbitrary: fc.tuple(card, workstation, fc.integer({ min: 4, max: 9 })).map(
      ([c, w, steps]): Move =>
        model => {
          model.insert(c, w);
          settle(model, steps);
          model.type(w, true);
          settle(model, steps);
        },
    ),
  },
  // Somebody without a card; another one's card may come meanwhile.
  {
    weight: 3,
    arbitrary: fc.tuple(workstation, fc.constantFrom("physician", "nurse"), fc.integer({ min: 0, max: 6 })).map(
      ([w, holder, steps]): Move =>
        model => {
          model.callPhone(w, holder);
          settle(model, steps);
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(workstation, fc.constantFrom("physician", "nurse"), fc.integer({ min: 0, max: 6 })).map(
      ([w, holder, steps]): Move =>
        model => {
          model.typePassword(w, holder);
          settle(model, steps);
        },
    ),
  },
  // The same holder by password at both workstations: the word that the first seat is lost overtakes its own answer.
  {
    weight: 1,
    arbitrary: fc.tuple(workstation, fc.constantFrom("physician", "nurse"), fc.integer({ min: 1, max: 4 })).map(
      ([w, holder, steps]): Move =>
        model => {
          model.typePassword(w, holder);
          model.typePassword(1 - w, holder);
          model.perform(0, false);
          model.perform(0, false);
          settleBackwards(model, steps);
        },
    ),
  },
  // A place comes to lie outside the hospital, or not any more.
  {
    weight: 1,
    arbitrary: workstation.map(
      (w): Move =>
        model =>
          model.lieOutside(w),
    ),
  },
  // The second proof, where one is wanted: by code or key, or left.
  {
    weight: 6,
    arbitrary: fc.tuple(workstation, fc.nat(4), fc.integer({ min: 0, max: 5 })).map(
      ([w, what, steps]): Move =>
        model => {
          if (what === 0) model.press(w, "cancelled");
          else if (what === 1) model.takeKey(w);
          else model.typeCode(w, what > 2);
          settle(model, steps);
          if (steps === 0) model.closeKeyPage(w);
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(workstation, fc.constantFrom("physician", "nurse"), fc.integer({ min: 0, max: 6 })).map(
      ([w, holder, steps]): Move =>
        model => {
          model.breakGlass(w, holder);
          settle(model, steps);
        },
    ),
  },
  // A person who does not know the PIN, and may or may not confirm the last try.
  {
    weight: 2,
    arbitrary: fc.tuple(card, workstation, fc.integer({ min: 1, max: 4 }), fc.boolean()).map(
      ([c, w, times, confirms]): Move =>
        model => {
          model.insert(c, w);
          settle(model, 6);
          for (let time = 0; time < times; time += 1) {
            if (confirms) model.press(w, "last-try-confirmed");
            model.type(w, false);
            settle(model, 4);
          }
        },
    ),
  },
  // The card is pulled and put back while the network is slow.
  {
    weight: 2,
    arbitrary: fc.tuple(card, workstation, fc.integer({ min: 2, max: 9 })).map(
      ([c, w, steps]): Move =>
        model => {
          model.remove(c);
          model.insert(c, w);
          settleBackwards(model, steps);
          model.type(w, true);
          settleBackwards(model, steps);
        },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(card, workstation).map(
      ([c, w]): Move =>
        model =>
          model.insert(c, w),
    ),
  },
  {
    weight: 3,
    arbitrary: card.map(
      (c): Move =>
        model =>
          model.remove(c),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(card, workstation).map(
      ([c, w]): Move =>
        model => {
          model.remove(c);
          model.insert(c, w);
        },
    ),
  },
  {
    weight: 16,
    arbitrary: fc.tuple(choice, fc.nat(12)).map(
      ([c, lost]): Move =>
        model =>
          model.perform(c, lost === 0),
    ),
  },
  {
    weight: 16,
    arbitrary: choice.map(
      (c): Move =>
        model =>
          model.deliver(c),
    ),
  },
  {
    weight: 7,
    arbitrary: fc.tuple(workstation, fc.nat(3)).map(
      ([w, right]): Move =>
        model =>
          model.type(w, right > 0),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(workstation, fc.constantFrom("cancelled", "woken", "last-try-confirmed", "pin-care-wanted", "lock", "end"))
      .map(
        ([w, what]): Move =>
          model =>
            model.press(w, what),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(workstation, fc.constantFrom("idle-warned", "idle-warned", "idle-ended", "idle-over")).map(
      ([w, what]): Move =>
        model =>
          model.beIdle(w, what),
    ),
  },
  // The holder changes the PIN, or unblocks it, knowing the secret or not.
  {
    weight: 3,
    arbitrary: fc.tuple(workstation, fc.integer({ min: 1, max: 4 }), fc.boolean(), fc.nat(2)).map(
      ([w, times, confirms, right]): Move =>
        model => {
          for (let time = 0; time < times; time += 1) {
            model.press(w, "pin-care-wanted");
            settle(model, 2);
            if (confirms) model.press(w, "last-try-confirmed");
            model.typeNewPin(w, right > 0);
            settle(model, 3);
          }
        },
    ),
  },
  // An application asks for the PIN again; the holder knows it or not, and the broker may tire of waiting.
  {
    weight: 4,
    arbitrary: fc.tuple(workstation, fc.integer({ min: 0, max: 8 }), fc.nat(3), fc.nat(9)).map(
      ([w, steps, right, patience]): Move =>
        model => {
          model.demandStepUp(w);
          settle(model, steps);
          if (patience === 0) model.expireStepUp(w);
          model.type(w, right > 0);
          settle(model, steps);
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(10, 50, 301).map(
      (seconds): Move =>
        model =>
          model.passTime(seconds),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map(
      (up): Move =>
        model =>
          model.switchBroker(up),
    ),
  },
  // The line breaks and is built anew, under whatever is on its way.
  {
    weight: 2,
    arbitrary: fc.constant<Move>(model => {
      model.switchBroker(false);
      model.switchBroker(true);
    }),
  },
  {
    weight: 1,
    arbitrary: workstation.map(
      (w): Move =>
        model =>
          model.restart(w),
    ),
  },
);
