/** A line of input, or that it was too long to be kept. */
export type InputLine = { readonly text: string } | { readonly tooLong: true };

/** The lines of a stream, without holding more than one of at most `longest` characters. The last may lack its end. */
export async function* linesOf(chunks: AsyncIterable<string>, longest: number): AsyncGenerator<InputLine> {
  let parts: string[] = [];
  let length = 0;
  const ended = (): InputLine => {
    const line = length > longest ? ({ tooLong: true } as const) : { text: parts.join("") };
    parts = [];
    length = 0;
    return line;
  };
  const take = (part: string) => {
    length += part.length;
    if (length <= longest) parts.push(part);
    else parts = [];
  };
  for await (const chunk of chunks) {
    const [first = "", ...rest] = chunk.split("\n");
    take(first);
    for (const part of rest) {
      yield ended();
      take(part);
    }
  }
  if (length > 0) yield ended();
}
