import { z } from "zod";
import type { View } from "../../protocol/window/view.ts";
import type { DeskCard, DeskFront, DeskState } from "./desk-controls.ts";

/** What the desk's page is told, as JSON. Pictures come as binary messages: see `packFrame`. */
export type ToDeskPage =
  | {
      readonly type: "desk";
      readonly workstations: readonly DeskPageWorkstation[];
      readonly cards: readonly DeskCard[];
      readonly state: DeskState;
    }
  /** An act did not work. */
  | { readonly type: "problem"; readonly text: string };

export interface DeskPageWorkstation {
  readonly id: string;
  readonly name: string;
  readonly placeName: string;
  readonly front: DeskFront;
  readonly view?: View | undefined;
}

const position = z.number().min(-10_000).max(10_000);
const key = z.string().min(1).max(30);

export const deskInput = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("mouse"),
    act: z.enum(["move", "down", "up"]),
    x: position,
    y: position,
    button: z.enum(["none", "left", "middle", "right"]),
    clicks: z.number().int().min(0).max(3),
  }),
  z.object({ kind: z.literal("wheel"), x: position, y: position, deltaX: position, deltaY: position }),
  z.object({ kind: z.literal("key"), act: z.enum(["down", "up"]), key }),
]);

/** What the desk's page asks for. */
export const fromDeskPage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("input"), workstation: z.string(), input: deskInput }),
  z.object({ type: z.literal("insert"), card: z.string(), workstation: z.string() }),
  z.object({ type: z.literal("remove"), workstation: z.string() }),
  z.object({ type: z.literal("set-broker"), running: z.boolean() }),
  z.object({ type: z.literal("pass-time"), ms: z.number().int().min(1).max(86_400_000) }),
]);
export type FromDeskPage = z.infer<typeof fromDeskPage>;
