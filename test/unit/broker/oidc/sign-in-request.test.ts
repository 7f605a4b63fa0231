import { expect, test } from "vitest";
import { signInRequestOf } from "../../../../broker/oidc/sign-in-request.ts";

const nothing = { acrValues: [], essentialAcrs: [], maxAgeSeconds: undefined, anew: false };
const acr = (request: object) => JSON.stringify({ id_token: { acr: request } });

test.each<[string, Record<string, unknown>, object]>([
  ["nothing", {}, nothing],
  ["levels, in order", { acr_values: "a  b" }, { ...nothing, acrValues: ["a", "b"] }],
  ["an age", { max_age: "0" }, { ...nothing, maxAgeSeconds: 0 }],
  ["a proof anew", { prompt: "login consent" }, { ...nothing, anew: true }],
  ["another prompt", { prompt: "none" }, nothing],
  [
    "essential levels",
    { claims: acr({ essential: true, values: ["a"], value: "b" }) },
    { ...nothing, essentialAcrs: ["a", "b"] },
  ],
  ["a level that would be nice", { claims: acr({ value: "a" }) }, nothing],
  ["other claims", { claims: JSON.stringify({ userinfo: { name: null }, id_token: { acr: null } }) }, nothing],
])("%s", (_what, params, request) => {
  expect(signInRequestOf(params)).toEqual(request);
});
