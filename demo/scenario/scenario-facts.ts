/** What a scenario found out beside its steps. */
export interface ScenarioFacts {
  /** Commands that the card was sent: from insertion to portal, the first time and on return. */
  readonly apdus: { readonly first?: number; readonly return?: number };
  readonly trail: { readonly records: number; readonly verified: boolean };
}
