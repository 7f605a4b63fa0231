import { useCallback, useEffect, useState } from "react";
import type { z } from "zod";
import type { FailureCode } from "../../../core/errors/catalogue.ts";
import { asFailure } from "../../../core/errors/failure.ts";
import type { ConsoleRoute } from "../../../protocol/broker/console/routes.ts";
import { ask } from "./ask.ts";

export type Asked<Answer> =
  | { readonly state: "asking" }
  | { readonly state: "answered"; readonly answer: Answer; readonly receivedAt: number }
  | { readonly state: "refused"; readonly code: FailureCode };

interface Asking<Answer> {
  readonly asked: Asked<Answer>;
  readonly again: () => void;
}

/** What the broker answers, asked anew when the question changes, every `everyMs`, and on demand. */
export function useAsked<Question extends z.ZodType, Answer extends z.ZodType>(
  route: Pick<ConsoleRoute<Question, Answer>, "method" | "path" | "question" | "answer">,
  question: z.input<Question>,
  everyMs?: number,
): Asking<z.output<Answer>> {
  const [asked, setAsked] = useState<Asked<z.output<Answer>>>({ state: "asking" });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound(count => count + 1), []);
  const text = JSON.stringify(question);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` is what asks again
  useEffect(() => {
    const end = new AbortController();
    ask(route, JSON.parse(text) as z.input<Question>, end.signal)
      .then(answer => setAsked({ state: "answered", answer, receivedAt: Date.now() }))
      .catch((problem: unknown) => {
        if (!end.signal.aborted) setAsked({ state: "refused", code: asFailure(problem).code });
      });
    return () => end.abort();
  }, [route, text, round]);
  useEffect(() => {
    if (everyMs === undefined) return undefined;
    const timer = setInterval(again, everyMs);
    return () => clearInterval(timer);
  }, [again, everyMs]);
  return { asked, again };
}
