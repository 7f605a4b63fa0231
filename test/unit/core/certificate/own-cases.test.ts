import { describe, expect, test } from "vitest";
import { verdictOf } from "../../../fixtures/certificate-factory.ts";
import { ownCases } from "../../../fixtures/own-cases.ts";

const cases = ownCases();

test("every row has a good case and a bad one", () => {
  const rows = Map.groupBy(cases, ({ row }) => row);
  const oneSided = [...rows].filter(([, list]) => new Set(list.map(({ expected }) => expected === "valid")).size < 2);
  expect([rows.size, oneSided.map(([row]) => row)]).toEqual([13, []]);
});

describe.each([...Map.groupBy(cases, ({ row }) => row)])("%s", (_, list) => {
  test.each(list.map(one => [one.name, one] as const))("%s", (__, { house, leaf, demand, ocspResponses, expected }) => {
    expect(verdictOf(house, leaf, demand, ocspResponses)).toBe(expected);
  });
});
