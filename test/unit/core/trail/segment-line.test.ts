import { expect, test } from "vitest";
import { readSegmentLine, type SegmentLine, segmentLineText } from "../../../../core/trail/segment-line.ts";

const record: SegmentLine = { line: "record", sequence: 7, hash: "ab", text: '{"é":"\\u0000"}' };

test("a line is read as it was written", () => {
  expect(readSegmentLine(segmentLineText(record))).toEqual(record);
});

test.each([
  ["with a blank", segmentLineText(record).replace(":7", ": 7")],
  ["with a letter written otherwise", segmentLineText(record).replace('"ab"', '"\\u0061b"')],
  ["with another member", segmentLineText(record).replace("{", '{"more":1,')],
  ["with its members in another order", '{"sequence":7,"line":"record","hash":"ab","text":""}'],
  ["of no kind", '{"line":"other"}'],
  ["that is no JSON", "line"],
  ["that is empty", ""],
])("a line %s is none", (_what, text) => {
  expect(readSegmentLine(text)).toBeUndefined();
});
