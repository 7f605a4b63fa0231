import { expect, test } from "vitest";
import { SprayWatch } from "../../../broker/services/spray-watch.ts";

function watch() {
  const clock = { at: 0, now: () => clock.at };
  return { clock, spraying: new SprayWatch(clock, 3) };
}

test("three names refused at one workstation are an alarm, once in ten minutes", () => {
  const { clock, spraying } = watch();
  const refused = (name: string) => spraying.refused("w1", name);
  expect(["a", "b", "c", "d", "e"].map(refused)).toEqual([undefined, undefined, 3, undefined, undefined]);
  clock.at = 600_000;
  expect(["f", "g", "h"].map(refused)).toEqual([undefined, undefined, 3]);
});

test("one name however often, and names that come slowly, are none", () => {
  const { clock, spraying } = watch();
  for (let time = 0; time < 20; time += 1) expect(spraying.refused("w1", "a")).toBeUndefined();
  for (const name of ["b", "c", "d"]) {
    clock.at += 600_000;
    expect(spraying.refused("w1", name)).toBeUndefined();
  }
});

test("names spread over workstations are an alarm at three times as many", () => {
  const { spraying } = watch();
  const alarms = Array.from({ length: 9 }, (_, index) => spraying.refused(`w${index}`, `name ${index}`));
  expect(alarms).toEqual([...Array(8).fill(undefined), 9]);
});
