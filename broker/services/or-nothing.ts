/** The answer, or `undefined` where it takes longer than so many milliseconds. */
export async function orNothing<Answer>(answer: Promise<Answer>, longestMs: number): Promise<Answer | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<undefined>(resolve => {
    timer = setTimeout(resolve, longestMs, undefined);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}
