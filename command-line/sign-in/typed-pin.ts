const enter = new Set([0x0a, 0x0d]);
const rubout = new Set([0x08, 0x7f]);
const interrupt = 0x03;
const mostDigits = 16;

/**
 * Reads one line as the codes of its characters, never as a text: from a terminal without showing it, otherwise as it comes.
 * `ask` says what is wanted. `undefined`: the person gave up, or the input ended before anything came. Nothing of the line stays here;
 * what came with it from a pipe waits for the next question.
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
      for (const [at, code] of chunk.entries()) {
        if (enter.has(code)) {
          const next = at + (code === 0x0d && chunk[at + 1] === 0x0a ? 2 : 1);
          const rest = Buffer.from(chunk.subarray(next));
          finish([...typed]);
          if (!isTerminal && rest.length > 0) input.unshift(rest);
        } else if (isTerminal && code === interrupt) finish(undefined);
        else if (isTerminal && rubout.has(code)) typed.pop();
        else if (typed.length < mostDigits) typed.push(code);
        if (enter.has(code) || (isTerminal && code === interrupt)) break;
      }
      chunk.fill(0);
    };
    // Its end is told once: an earlier question may have heard it.
    if (input.readableEnded) ended();
    else {
      input.on("data", take);
      input.once("end", ended);
      input.resume();
    }
  });
}
