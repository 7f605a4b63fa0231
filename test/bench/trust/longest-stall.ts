/** The longest time, in milliseconds, that the event loop did not come round while the work was done. */
export async function longestStall(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  let done = false;
  const round = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!done) setImmediate(round);
  };
  setImmediate(round);
  await work();
  done = true;
  round();
  return longest;
}
