import { useEffect, useRef } from "react";

const signs = ["pointerdown", "pointermove", "keydown", "wheel"] as const;
const oftenMs = 1_000;

/** Calls `onStir` when somebody uses the window: at once while it is `urgent`, otherwise once a second at most. */
export function useStir(urgent: boolean, onStir: () => void): void {
  const saidAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const stir = (event: Event) => {
      if (!urgent && event.timeStamp - saidAt.current < oftenMs) return;
      saidAt.current = event.timeStamp;
      onStir();
    };
    for (const sign of signs) window.addEventListener(sign, stir, { capture: true, passive: true });
    return () => {
      for (const sign of signs) window.removeEventListener(sign, stir, { capture: true });
    };
  }, [urgent, onStir]);
}
