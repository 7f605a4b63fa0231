import { BreakGlassEndings } from "./break-glass-endings.ts";
import { BreakGlassOpenings } from "./break-glass-openings.ts";

type Parts = Omit<ConstructorParameters<typeof BreakGlassOpenings>[0], "configuration" | "opened"> &
  Omit<ConstructorParameters<typeof BreakGlassEndings>[0], "configuration">;

/** Emergency access at work: how glasses are broken, and how they end. */
export interface OpenBreakGlass {
  readonly openings: BreakGlassOpenings;
  readonly endings: BreakGlassEndings;
}

/** Where it is configured. */
export function openBreakGlass(
  configuration: BreakGlassOpenings["configuration"] | undefined,
  parts: Parts,
): OpenBreakGlass | undefined {
  if (configuration === undefined) return undefined;
  const endings = new BreakGlassEndings({ ...parts, configuration });
  return { openings: new BreakGlassOpenings({ ...parts, configuration, opened: () => endings.wait() }), endings };
}
