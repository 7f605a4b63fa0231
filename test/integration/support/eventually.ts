/** Waits for what the broker does after its answer: 4 s, unless it may be more. */
export async function eventually(check: () => Promise<boolean> | boolean, seconds = 4): Promise<void> {
  for (let tries = 0; tries < seconds * 50; tries += 1) {
    if (await check()) return;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  throw new Error("it did not happen");
}
