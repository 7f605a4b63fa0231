import type { ReactNode } from "react";

interface ScrollRegionProps {
  /** What is in it, for those who hear it. */
  readonly label: string;
  readonly children: ReactNode;
}

/** A table that may be wider than the screen and has nothing in it to press: the keyboard has to reach it to move it. */
export function ScrollRegion({ label, children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll what stands outside
    <figure className="scroll" aria-label={label} tabIndex={0}>
      {children}
    </figure>
  );
}
