import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compilePolicies } from "../../../../broker/policy/compile-policies.ts";
import { faultText } from "../../../../broker/policy/policy-set.ts";
import { versionOf } from "../../../../broker/policy/policy-source.ts";
import { compile } from "./policy-house.ts";

const good = '@id("a") @why_fr("Réservé.") permit(principal, action, resource);';

function faults(text: string): readonly string[] {
  const compiled = compile(text);
  return compiled.sound ? [] : compiled.faults.map(faultText);
}

describe("policies as texts", () => {
  test("a sound set is read with the places of its policies and their words", () => {
    const compiled = compile(
      `// é\n${good}\n@id("b")\nforbid(principal, action, resource) when { context.hour > 24 };`,
    );
    expect(compiled).toMatchObject({
      sound: true,
      set: {
        policies: [
          { id: "a", file: "ward.cedar", line: 2, why: { fr: "Réservé." } },
          { id: "b", line: 3, why: {} },
        ],
      },
    });
  });

  test.each([
    [
      "syntax",
      "\n// é\npermit(principal, action, resource) when { context.hour == };",
      /^ward\.cedar:3:60: .*unexpected token/,
    ],
    ["no name", "permit(principal, action, resource);", /^ward\.cedar:1:1: a policy needs a name of its own/],
    [
      "a name twice",
      `${good}\n${good.replace("permit", "forbid")}`,
      /^ward\.cedar:2:1: @id\("a"\) is taken: ward\.cedar:1$/,
    ],
    ["a template", '@id("t") permit(principal == ?principal, action, resource);', /templates are not used/],
    [
      "an unknown attribute",
      '\n@id("a") permit(principal, action, resource) when { context.mean == Means::"card-pin" };',
      /^ward\.cedar:2:\d+: .*attribute `mean` in context .* not found; did you mean `means`/,
    ],
    ["an unknown type", '@id("a") permit(principal in Rol::"x", action, resource);', /unrecognized entity type `Rol`/],
    [
      "an unknown means",
      '@id("a") permit(principal, action, resource) when { context.means == Means::"card" };',
      /"card" is not declared|`"card"` is not declared/,
    ],
    ["an unknown action", '@id("a") permit(principal, action == Action::"open", resource);', /unrecognized action/],
    [
      "an unknown place",
      '@id("a")\nforbid(principal, action, resource) when { context.place in Place::"cellar" };',
      /^ward\.cedar:2:\d+: the configuration has no Place::"cellar", which “[^”]+” names$/,
    ],
    [
      "an unknown application",
      '@id("a") permit(principal, action, resource == Application::"recrod");',
      /the configuration has no Application::"recrod"/,
    ],
    [
      "types that do not fit",
      '@id("a") permit(principal, action, resource) when { context.hour == "7" };',
      /types|type/,
    ],
  ])("%s is refused with file, line and words", (_what, text, words) => {
    expect(faults(text).join("\n")).toMatch(words);
  });

  test("one fault refuses the sound policies beside it", () => {
    const sources = [
      { file: "a.cedar", text: good },
      { file: "b.cedar", text: "permit(" },
    ];
    expect(compilePolicies(sources, undefined)).toMatchObject({ sound: false, faults: [{ file: "b.cedar" }] });
  });

  test("a policy that can never apply is remarked, not refused", () => {
    expect(compile('@id("a") permit(principal, action, resource) when { false };')).toMatchObject({
      sound: true,
      set: { remarks: [{ words: expect.stringContaining("impossible") }] },
    });
  });

  test("the examples of the page that explains them are sound", () => {
    const page = readFileSync(new URL("../../../../docs/policies.md", import.meta.url), "utf8");
    const [, text = ""] = /```cedar\n(.*?)```/s.exec(page) ?? [];
    const names = {
      places: ["pharmacy"],
      applications: ["patient-record", "prescriptions", "stock"],
      applicationGroups: ["Care"],
    };
    const compiled = compilePolicies([{ file: "page", text }], names);
    expect(compiled).toMatchObject({ sound: true, set: { remarks: [] } });
    expect(compiled.sound && compiled.set.policies.map(({ id }) => id)).toHaveLength(5);
  });

  test("the version follows names and texts, not their order", () => {
    const [a, b] = [
      { file: "a", text: "1" },
      { file: "b", text: "2" },
    ];
    expect(versionOf([a, b])).toBe(versionOf([b, a]));
    expect(versionOf([a])).not.toBe(versionOf([{ ...a, text: "3" }]));
    expect(versionOf([a])).not.toBe(versionOf([{ ...a, file: "c" }]));
  });
});
