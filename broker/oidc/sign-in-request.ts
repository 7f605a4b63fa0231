import { z } from "zod";
import type { SignInRequest } from "./step-up-demand.ts";

/** As much of the `claims` parameter as asks for a level. */
const claimsParameter = z.object({
  id_token: z
    .object({
      acr: z
        .object({
          essential: z.boolean().optional(),
          value: z.string().optional(),
          values: z.array(z.string()).optional(),
        })
        .nullish(),
    })
    .optional(),
});

/** What an authorization request's parameters ask of the sign-in; oidc-provider has checked their form. */
export function signInRequestOf(params: Readonly<Record<string, unknown>>): SignInRequest {
  const words = (name: string) => wordsIn(params[name]);
  const maxAge = params["max_age"];
  return {
    acrValues: words("acr_values"),
    essentialAcrs: essentialAcrs(params["claims"]),
    maxAgeSeconds: maxAge === undefined ? undefined : Number(maxAge),
    anew: words("prompt").includes("login"),
  };
}

function essentialAcrs(claims: unknown): string[] {
  if (typeof claims !== "string") return [];
  const acr = claimsParameter.safeParse(JSON.parse(claims)).data?.id_token?.acr;
  if (acr?.essential !== true) return [];
  return [...(acr.values ?? []), ...(acr.value === undefined ? [] : [acr.value])];
}

function wordsIn(text: unknown): string[] {
  return typeof text === "string" ? text.split(" ").filter(word => word !== "") : [];
}
