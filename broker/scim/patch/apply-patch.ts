import { fitsFilter } from "../filter/fits-filter.ts";
import type { ScimFilter } from "../filter/scim-filter.ts";
import { type AttributePath, findPath, lastOf, type PathRoot } from "../schema/attribute-path.ts";
import type { ScimAttribute } from "../schema/scim-attribute.ts";
import { isObject, isScimObject, type ScimObject, type ScimValue } from "../schema/scim-value.ts";
import { checkRequired, isPrimary, takeOne, takeValue } from "../schema/take-value.ts";
import { badRequest } from "../scim-problem.ts";
import type { PatchOperation } from "./patch-operation.ts";
import { type PatchPath, patchPath } from "./patch-path.ts";
import { distinct, isEmpty, isOf, joined, withoutPrimary } from "./several-values.ts";

/**
 * The resource as it is after these operations, one after the other (RFC 7644, section 3.5.2); the one given is not changed. Throws
 * a ScimProblem: then none of them counts.
 */
export function applyPatch(root: PathRoot, before: ScimObject, operations: readonly PatchOperation[]): ScimObject {
  const after = structuredClone(before);
  for (const { op, path, value } of operations) {
    if (path !== undefined) apply(after, op, patchPath(root, path), value);
    else applyWithoutPath(root, after, op, value);
  }
  checkRequired(root.attributes, after);
  return after;
}

/** Members are attributes, or, as Entra ID sends them, paths. What no schema knows is passed over, as in a resource. */
function applyWithoutPath(root: PathRoot, target: ScimObject, op: PatchOperation["op"], value: unknown): void {
  if (op === "remove") throw badRequest("noTarget", "remove says not what");
  if (!isObject(value)) throw badRequest("invalidSyntax", `${op} without a path needs an object`);
  for (const [key, one] of Object.entries(value)) {
    const path = findPath(root, key);
    if (path === undefined || path.some(({ mutability }) => mutability !== "readWrite")) continue;
    change(target, path, { op, value: one });
  }
}

function apply(target: ScimObject, op: PatchOperation["op"], { path, which, sub }: PatchPath, value: unknown): void {
  checkMutable(sub === undefined ? path : [...path, ...sub]);
  if (which === undefined) return change(target, path, { op, value });
  inContainer(target, path, op !== "remove", container =>
    changeSome(container, lastOf(path), which, sub, { op, value }),
  );
}

interface Change {
  readonly op: PatchOperation["op"];
  readonly value: unknown;
}

function checkMutable(path: AttributePath): void {
  for (const { name, mutability } of path)
    if (mutability !== "readWrite") throw badRequest("mutability", `${name} is ${mutability}`);
}

/** At the end of the way; through each of several values where the way leads through them. */
function change(target: ScimObject, path: AttributePath, asked: Change): void {
  inContainer(target, path, asked.op !== "remove", container => {
    const attribute = lastOf(path);
    if (asked.op === "remove" || asked.value === null) return removeFrom(container, attribute, asked);
    const taken = takeValue(attribute, asked.value);
    if (taken === undefined) {
      if (asked.op === "replace") delete container[attribute.name];
      return;
    }
    put(container, attribute, taken, asked.op);
  });
}

function inContainer(
  target: ScimObject,
  path: readonly ScimAttribute[],
  make: boolean,
  act: (container: ScimObject) => void,
): void {
  const [step, ...rest] = path;
  if (step === undefined || rest.length === 0) return act(target);
  const found = target[step.name] ?? (make ? (step.multiValued ? [{}] : {}) : undefined);
  for (const inner of Array.isArray(found) ? found : [found])
    if (isScimObject(inner)) inContainer(inner, rest, make, act);
  const left = Array.isArray(found) ? found.filter(one => !isEmpty(one)) : found;
  if (left === undefined || isEmpty(left)) delete target[step.name];
  else target[step.name] = left;
}

function removeFrom(container: ScimObject, attribute: ScimAttribute, { value }: Change): void {
  const { name, multiValued, required } = attribute;
  if (required) throw badRequest("mutability", `${name} is required`);
  const known = container[name];
  // Entra ID names the members that are to go as the value.
  const named = multiValued && Array.isArray(known) ? takeValue(attribute, value) : undefined;
  const left = Array.isArray(known) && Array.isArray(named) ? known.filter(one => !named.some(isOf(one))) : [];
  if (left.length === 0) delete container[name];
  else container[name] = left;
}

function put(container: ScimObject, attribute: ScimAttribute, taken: ScimValue, op: Change["op"]): void {
  const known = container[attribute.name];
  if (Array.isArray(taken)) container[attribute.name] = op === "add" ? joined(known, taken) : distinct(taken);
  else if (isScimObject(taken) && isScimObject(known)) container[attribute.name] = { ...known, ...taken };
  else container[attribute.name] = taken;
}

/** The values that a filter chooses. */
function changeSome(
  container: ScimObject,
  attribute: ScimAttribute,
  which: ScimFilter,
  sub: AttributePath | undefined,
  asked: Change,
): void {
  const known = container[attribute.name];
  const values = Array.isArray(known) ? known : [];
  const chosen = new Set(values.filter(one => fitsFilter(which, one)));
  if (asked.op === "remove" && sub === undefined) {
    const left = values.filter(one => !chosen.has(one));
    return keep(container, attribute, left);
  }
  if (chosen.size === 0 && asked.op === "replace") throw badRequest("noTarget", `no value of ${attribute.name} fits`);
  if (chosen.size === 0 && asked.op === "add") {
    const fresh = saidBy(which);
    values.push(fresh);
    chosen.add(fresh);
  }
  const changed = values.flatMap(one =>
    chosen.has(one) && isScimObject(one) ? changedValue(one, attribute, sub, asked) : one,
  );
  const primary = changed.find((one, at) => isPrimary(one) && !isPrimary(values[at] ?? ""));
  const settled = changed.map(one =>
    primary !== undefined && one !== primary && isScimObject(one) ? withoutPrimary(one) : one,
  );
  keep(container, attribute, distinct(settled.filter(one => !isEmpty(one))));
}

function changedValue(
  known: ScimObject,
  attribute: ScimAttribute,
  sub: AttributePath | undefined,
  asked: Change,
): ScimValue {
  const value = structuredClone(known);
  if (sub !== undefined) {
    change(value, sub, asked);
    return value;
  }
  const taken = takeOne(attribute, asked.value);
  if (!isScimObject(taken)) throw badRequest("invalidValue", `${attribute.name} needs an object`);
  return asked.op === "add" ? { ...value, ...taken } : taken;
}

function keep(container: ScimObject, attribute: ScimAttribute, values: readonly ScimValue[]): void {
  if (values.length === 0) delete container[attribute.name];
  else container[attribute.name] = [...values];
}

/** What is added where no value fits `type eq "work"` has the type work. */
function saidBy(filter: ScimFilter): ScimObject {
  if (filter.kind === "and") return Object.assign({}, ...filter.filters.map(saidBy));
  if (filter.kind !== "compare" || filter.comparison !== "eq" || filter.value === null || filter.path.length > 1)
    throw badRequest("noTarget", "no value fits, and the filter does not say how one would be");
  return { [lastOf(filter.path).name]: filter.value };
}
