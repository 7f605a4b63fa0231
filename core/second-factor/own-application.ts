/**
 * Where a holder keeps his own second factors, as he finds it in his portal where they are wanted: launched by his card in a seat. What
 * the tile says is the window's, in each language.
 */
export const ownApplication = { id: "wardkey-own-sign-in", name: "Wardkey", icon: "key-round" } as const;
