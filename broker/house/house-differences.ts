import { isDeepStrictEqual } from "node:util";
import { type HouseDifference, houseKinds } from "../../protocol/broker/console/house-change.ts";
import { type KeptHouse, listOf } from "./kept-house.ts";

/** What became of each entry between two documents. */
export function houseDifferences(before: KeptHouse, after: KeptHouse): readonly HouseDifference[] {
  return houseKinds.flatMap(kind => {
    const [old, now] = [before, after].map(
      house => new Map(house[listOf[kind]].map(entry => [entry.id, { ...entry } as Readonly<Record<string, unknown>>])),
    );
    const ids = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
    return [...ids].flatMap((id): HouseDifference[] => {
      const [was, is] = [old?.get(id), now?.get(id)];
      if (was === undefined) return [{ act: "added", kind, id, members: [] }];
      if (is === undefined) return [{ act: "removed", kind, id, members: [] }];
      const members = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
        member => !isDeepStrictEqual(was[member], is[member]),
      );
      return members.length === 0 ? [] : [{ act: "changed", kind, id, members }];
    });
  });
}

/** For the trail. */
export function differenceText({ act, kind, id, members }: HouseDifference): string {
  return `${kind} ${id} ${act}${members.length === 0 ? "" : ` (${members.join(", ")})`}`;
}
