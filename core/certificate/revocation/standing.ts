/** What revocation data say of one certificate. */
export type Standing =
  | { readonly kind: "good" }
  | { readonly kind: "revoked"; readonly detail: string }
  | {
      readonly kind: "unknown";
      /** Each source, and why it does not tell. */
      readonly why: readonly string[];
    };

/** One that says revoked counts more than any that says good; what nobody says is unknown. */
export function together(standings: readonly Standing[]): Standing {
  const revoked = standings.find(({ kind }) => kind === "revoked");
  const told = revoked ?? standings.find(({ kind }) => kind === "good");
  return told ?? { kind: "unknown", why: standings.flatMap(one => (one.kind === "unknown" ? one.why : [])) };
}
