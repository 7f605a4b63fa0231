import { expect, test } from "vitest";
import { BoundedWork } from "../../../../broker/fallback/bounded-work.ts";

const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

test("so much runs at once, so much waits in its order, and more is refused", async () => {
  const bounded = new BoundedWork(2, 2);
  const started: number[] = [];
  const finish: (() => void)[] = [];
  const work = (id: number) =>
    bounded.run(
      () =>
        new Promise<number>(resolve => {
          started.push(id);
          finish.push(() => resolve(id));
        }),
    );
  const running = [work(1), work(2), work(3), work(4)];
  await expect(work(5)).rejects.toMatchObject({ code: "sign-in-throttled" });
  expect(started).toEqual([1, 2]);
  finish[1]?.();
  await settle();
  expect(started).toEqual([1, 2, 3]);
  for (const index of [0, 2]) finish[index]?.();
  await settle();
  finish[3]?.();
  expect(await Promise.all(running)).toEqual([1, 2, 3, 4]);
});

test("work that fails makes way all the same", async () => {
  const bounded = new BoundedWork(1, 0);
  await expect(bounded.run(async () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await bounded.run(async () => "done")).toBe("done");
});
