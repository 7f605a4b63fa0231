import { type RefObject, useLayoutEffect, useRef } from "react";

/** What has the focus within a tile's place. */
interface Focused {
  readonly application: string;
  readonly part: "tile" | "star";
}

/**
 * A tile that becomes a favourite moves to another section, where React makes it anew: the focus goes with it. Answers what has to be
 * called before the move.
 */
export function useKeptFocus(grid: RefObject<HTMLDivElement | null>): () => void {
  const kept = useRef<Focused>(undefined);
  useLayoutEffect(() => {
    if (kept.current === undefined || document.activeElement !== document.body) return;
    const { application, part } = kept.current;
    kept.current = undefined;
    const tile = grid.current?.querySelector(`[data-application="${CSS.escape(application)}"]`);
    tile?.closest("li")?.querySelector<HTMLElement>(`.${part}`)?.focus();
  });
  return () => {
    const focused = document.activeElement;
    const tile = focused?.closest("li")?.querySelector<HTMLElement>(".tile");
    const application = tile?.dataset["application"];
    kept.current = application === undefined ? undefined : { application, part: focused === tile ? "tile" : "star" };
  };
}
