import { describe, expect, test } from "vitest";
import {
  conflictsAmong,
  entriesThatGive,
  type KnownPerson,
  standingAmong,
} from "../../../../broker/directory/standing.ts";
import type { EntryStanding } from "../../../../protocol/broker/console/directory-view.ts";

function known(source: string, standing: EntryStanding, displayName = "Camille AUBERT", key = "1"): KnownPerson {
  const active = standing !== "disabled";
  return { source, standing, person: { kind: "person", key, reference: key, holder: "8", displayName, active } };
}

describe("a holder", () => {
  test.each<[string, readonly KnownPerson[], object]>([
    ["whom no source knows is unknown", [], { kind: "unknown" }],
    ["is active where a source has him so", [known("hr", "active")], { kind: "active", sources: ["hr"] }],
    [
      "is disabled by one source, whatever the others say",
      [known("ad", "disabled"), known("hr", "active")],
      { kind: "disabled", sources: ["ad"] },
    ],
    [
      "who moves from one source to another stays active",
      [known("ad", "gone"), known("hr", "active")],
      { kind: "active", sources: ["hr"] },
    ],
    [
      "is gone when every source that knew him lost him",
      [known("ad", "gone"), known("hr", "gone")],
      { kind: "gone", sources: ["ad", "hr"] },
    ],
    [
      "who is gone here and disabled there is disabled",
      [known("ad", "gone"), known("hr", "disabled")],
      { kind: "disabled", sources: ["hr"] },
    ],
    [
      "disabled by one of two entries in a source is disabled",
      [known("ad", "active"), known("ad", "disabled", "Camille AUBERT", "2")],
      { kind: "disabled", sources: ["ad"] },
    ],
  ])("%s", (_what, entries, standing) => {
    expect(standingAmong(entries)).toEqual(standing);
  });
});

describe("conflicts", () => {
  test.each<[string, readonly KnownPerson[], readonly string[]]>([
    ["no entry, no conflict", [], []],
    ["the same in two sources is none", [known("ad", "active"), known("hr", "active")], []],
    ["one name written in two ways is none", [known("ad", "active"), known("hr", "active", "Aubert Camille")], []],
    ["what is gone is in conflict with nothing", [known("ad", "gone", "Other"), known("hr", "active")], []],
    ["two names", [known("ad", "active"), known("hr", "active", "Camille BERT")], ["different-names"]],
    ["two standings", [known("ad", "active"), known("hr", "disabled")], ["different-standing"]],
    [
      "two entries in one source",
      [known("ad", "active"), known("ad", "active", "Camille AUBERT", "2")],
      ["several-entries"],
    ],
  ])("%s", (_what, entries, kinds) => {
    expect(conflictsAmong(entries)).toEqual(kinds);
  });

  test("a source that knows a holder twice gives nothing for him; another one does", () => {
    const once = known("hr", "active");
    const entries = [known("ad", "active"), known("ad", "active", "Camille AUBERT", "2"), once];
    expect(entriesThatGive(entries)).toEqual([once]);
  });

  test("an entry that is gone does not make the other one doubtful", () => {
    const stays = known("ad", "active", "Camille AUBERT", "2");
    expect(entriesThatGive([known("ad", "gone"), stays])).toEqual([stays]);
  });

  test("disabled and gone entries give nothing", () => {
    expect(entriesThatGive([known("ad", "disabled"), known("hr", "gone")])).toEqual([]);
  });
});
