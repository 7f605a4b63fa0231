import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bulkRequest } from "../../../../broker/scim/bulk/bulk-operation.ts";
import { inOrderOfReferences, withIds } from "../../../../broker/scim/bulk/bulk-references.ts";

/** Groups by what each has for members. */
function groups(members: Readonly<Record<string, readonly string[]>>) {
  const Operations = Object.entries(members).map(([bulkId, named]) => ({
    method: "POST",
    path: "/Groups",
    bulkId,
    data: { displayName: bulkId, members: named.map(other => ({ value: `bulkId:${other}` })) },
  }));
  return inOrderOfReferences(bulkRequest({ Operations }).operations);
}

describe("operations of a bulk request", () => {
  test("come after what they refer to, and otherwise as they stand", () => {
    expect(groups({ a: ["c"], b: [], c: ["d"], d: [] })).toEqual({ order: [3, 2, 0, 1], circular: new Set() });
  });

  test("that wait for one another are told from those that only wait for them", () => {
    expect(groups({ a: ["b"], b: ["a"], c: ["a"], d: ["d"] }).circular).toEqual(new Set([0, 1, 3]));
  });

  test("whatever refers to whatever, each comes once, after all that is not in a circle with it", () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const references = fc.record(Object.fromEntries(names.map(name => [name, fc.subarray(names)])));
    fc.assert(
      fc.property(references, members => {
        const { order, circular } = groups(members);
        expect([...order].sort()).toEqual([...names.keys()]);
        for (const [at, name] of names.entries())
          for (const other of members[name] ?? []) {
            const before = names.indexOf(other);
            if (!circular.has(at) || !circular.has(before))
              expect(order.indexOf(before)).toBeLessThan(order.indexOf(at));
          }
      }),
    );
  });

  test("have ids in place of references, and no id where nothing is created", () => {
    const ids = new Map([["a", "1"]]);
    expect(withIds({ members: [{ value: "bulkId:a" }], displayName: "bulk" }, ids)).toEqual({
      members: [{ value: "1" }],
      displayName: "bulk",
    });
    expect(() => withIds(["bulkId:b"], ids)).toThrow(expect.objectContaining({ scimType: "invalidValue" }));
  });
});
