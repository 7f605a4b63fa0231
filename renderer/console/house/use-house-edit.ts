import { useState } from "react";
import type { HouseKind } from "../../../protocol/broker/console/house-change.ts";
import type { EditedEntry } from "./entry-editor.tsx";

export interface Removal {
  readonly kind: HouseKind;
  readonly id: string;
}

/** What of a page's lists is being written, and what is about to go. */
export function useHouseEdit(again: () => void) {
  const [edited, setEdited] = useState<EditedEntry>();
  const [removal, setRemoval] = useState<Removal>();
  const end = () => {
    setEdited(undefined);
    setRemoval(undefined);
  };
  const done = () => {
    end();
    again();
  };
  return { edited, setEdited, removal, setRemoval, end, done };
}
