import { describe, expect, test } from "vitest";
import { policyToJson } from "../../../../broker/policy/cedar.ts";
import { mentionsOf } from "../../../../broker/policy/mentions.ts";

function mentions(text: string) {
  const read = policyToJson(text);
  if (read.type === "failure") throw new Error(JSON.stringify(read.errors));
  return mentionsOf([read.json]);
}

describe("what a policy mentions", () => {
  test("entities of its head and of its conditions, attributes wherever they are used", () => {
    const found = mentions(
      `permit(principal in Group::"a", action, resource == Application::"x") when { context.place in [Place::"b"] }
       unless { if context has hour then context.workstation.name like "W*" else Means::"card-pin" == context.means };`,
    );
    expect([...found.entities].sort()).toEqual(["Application::x", "Group::a", "Means::card-pin", "Place::b"]);
    expect(found.attributes).toEqual(new Set(["place", "hour", "workstation", "name", "means"]));
  });

  test("a context that is used whole counts whole", () => {
    expect(mentions("permit(principal, action, resource) when { context == { hour: 3 } };").attributes).toBe("all");
    expect(mentions("permit(principal, action, resource);").attributes).toEqual(new Set());
  });
});
