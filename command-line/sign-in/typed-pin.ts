const enter = new Set([0x0a, 0x0d]);
const rubout = new Set([0x08, 0x7f]);
const interrupt = 0x03;
const mostDigits = 16;

/**
 * Reads one line as the codes of its characters, never as a text: from a terminal without showing it, otherwise as it comes.
 * `ask` says what is wanted. `undefined`: the person gave up, or the input ended before anything came. Nothing of the input stays here.
 */
export function readTypedPin(input: NodeJS.ReadStream, ask: () => void): Promise<number[] | undefined> {
  const isTerminal = input.isTTY === true;
  if (isTerminal) input.setRawMode(true);
  // Who answers at once is not shown either.
  ask();
  const typed: number[] = [];
  return new Promise(resolve => {
    const finish = (answer: number[] | undefined) => {
      input.off("data", take);
      input.off("end", ended);
      if (isTerminal) input.setRawMode(false);
      input.pause();
      resolve(answer);
    };
    const ended = () => finish(typed.length === 0 ? undefined : typed);
    const take = (chunk: Buffer) => {
      for (const code of chunk) {
        if (enter.has(code)) finish([...typed]);
        else if (isTerminal && code === interrupt) finish(undefined);
        else if (isTerminal && rubout.has(code)) typed.pop();
        else if (typed.length < mostDigits) typed.push(code);
        if (enter.has(code) || (isTerminal && code === interrupt)) break;
      }
      chunk.fill(0);
    };
    input.on("data", take);
    input.once("end", ended);
    input.resume();
  });
}
