import { type AttributePath, lastOf, type PathRoot, pathOf } from "../schema/attribute-path.ts";
import type { ScimAttribute } from "../schema/scim-attribute.ts";
import { badRequest, type ScimType } from "../scim-problem.ts";
import { type FilterWord, filterWords } from "./filter-words.ts";
import { type Comparison, comparisons, type ScimFilter } from "./scim-filter.ts";

const deepest = 20;
const mostTerms = 200;

/** Reads a filter (RFC 7644, section 3.4.2.2). Throws a ScimProblem `invalidFilter`. */
export function parseFilter(root: PathRoot, text: string): ScimFilter {
  const reader = new FilterReader(filterWords(text, "invalidFilter"), "invalidFilter");
  const filter = reader.filter(root);
  reader.end();
  return filter;
}

/** Reads a filter word by word: `or` binds least, then `and`, then `not`. */
export class FilterReader {
  readonly #words: readonly FilterWord[];
  readonly #scimType: ScimType;
  #at = 0;
  #depth = 0;
  #terms = 0;

  constructor(words: readonly FilterWord[], scimType: ScimType) {
    this.#words = words;
    this.#scimType = scimType;
  }

  filter(root: PathRoot): ScimFilter {
    this.#depth += 1;
    if (this.#depth > deepest) throw this.#problem(`nested more than ${deepest} deep`);
    const filter = this.#joined("or", () => this.#joined("and", () => this.#term(root)));
    this.#depth -= 1;
    return filter;
  }

  /** The next word, where it is one. */
  word(): string {
    const word = this.#words[this.#at];
    if (word?.kind !== "word") throw this.#problem(`a word is missing after “${this.#before()}”`);
    this.#at += 1;
    return word.text;
  }

  /** Whether this sign comes next; goes past it. */
  takes(sign: "(" | ")" | "[" | "]"): boolean {
    const word = this.#words[this.#at];
    if (word?.kind !== "sign" || word.text !== sign) return false;
    this.#at += 1;
    return true;
  }

  demand(sign: ")" | "]"): void {
    if (!this.takes(sign)) throw this.#problem(`“${sign}” is missing after “${this.#before()}”`);
  }

  /** `.sub` straight after a value path's `]`. */
  subAttribute(): string | undefined {
    const word = this.#words[this.#at];
    if (word?.kind !== "word" || !word.text.startsWith(".")) return undefined;
    this.#at += 1;
    return word.text.slice(1);
  }

  end(): void {
    if (this.#at < this.#words.length) throw this.#problem(`nothing can stand after “${this.#before()}”`);
  }

  #joined(kind: "and" | "or", next: () => ScimFilter): ScimFilter {
    const first = next();
    const others: ScimFilter[] = [];
    while (this.#takesWord(kind)) others.push(next());
    return others.length === 0 ? first : { kind, filters: [first, ...others] };
  }

  #term(root: PathRoot): ScimFilter {
    this.#terms += 1;
    if (this.#terms > mostTerms) throw this.#problem(`more than ${mostTerms} terms`);
    if (this.#takesWord("not")) {
      if (!this.takes("(")) throw this.#problem("“(” is missing after “not”");
      return { kind: "not", filter: this.#inParentheses(root) };
    }
    if (this.takes("(")) return this.#inParentheses(root);
    const path = pathOf(root, this.word(), this.#scimType);
    return this.takes("[") ? this.#valuePath(path) : this.#comparison(path);
  }

  #inParentheses(root: PathRoot): ScimFilter {
    const filter = this.filter(root);
    this.demand(")");
    return filter;
  }

  /** Entra ID asks `emails[type eq "work"].value eq "x"`, which the grammar lacks: one value fits both. */
  #valuePath(path: AttributePath): ScimFilter {
    const inner: PathRoot = { attributes: subAttributesOf(path, this.#scimType) };
    const filter = this.filter(inner);
    this.demand("]");
    const sub = this.subAttribute();
    if (sub === undefined) return { kind: "some", path, filter };
    const beside = this.#comparison(pathOf(inner, sub, this.#scimType));
    return { kind: "some", path, filter: { kind: "and", filters: [filter, beside] } };
  }

  #comparison(path: AttributePath): ScimFilter {
    const operator = this.word().toLowerCase();
    if (operator === "pr") return { kind: "present", path };
    const comparison = comparisons.find(known => known === operator);
    if (comparison === undefined) throw this.#problem(`no operator “${operator.slice(0, 40)}”`);
    const compared = comparedPath(path);
    return { kind: "compare", path: compared, comparison, value: this.#value(lastOf(compared), comparison) };
  }

  #value(attribute: ScimAttribute, comparison: Comparison): string | boolean | null {
    const word = this.#words[this.#at];
    if (word === undefined || word.kind === "sign") throw this.#problem(`a value is missing after “${this.#before()}”`);
    this.#at += 1;
    const equality = comparison === "eq" || comparison === "ne";
    if (word.kind === "word" && word.text === "null" && equality) return null;
    if (attribute.type === "boolean" && equality) {
      const text = word.text.toLowerCase();
      if (text === "true" || text === "false") return text === "true";
    }
    const fits = word.kind === "text" && attribute.type !== "boolean" && attribute.type !== "complex";
    if (fits && (attribute.type !== "dateTime" || !Number.isNaN(Date.parse(word.text)))) return word.text;
    throw this.#problem(`${attribute.name} cannot be compared by ${comparison} with ${word.text.slice(0, 100)}`);
  }

  #takesWord(text: string): boolean {
    const word = this.#words[this.#at];
    if (word?.kind !== "word" || word.text.toLowerCase() !== text) return false;
    this.#at += 1;
    return true;
  }

  #before(): string {
    return this.#words[this.#at - 1]?.text.slice(0, 100) ?? "";
  }

  #problem(detail: string) {
    return badRequest(this.#scimType, detail);
  }
}

export function subAttributesOf(path: AttributePath, scimType: ScimType): readonly ScimAttribute[] {
  const { name, subAttributes } = lastOf(path);
  if (subAttributes === undefined) throw badRequest(scimType, `${name} has no parts`);
  return subAttributes;
}

/** `emails co "x"` means `emails.value co "x"` (RFC 7644, section 3.4.2.2). */
function comparedPath(path: AttributePath): AttributePath {
  const value = lastOf(path).subAttributes?.find(({ name }) => name === "value");
  return value === undefined ? path : [...path, value];
}
