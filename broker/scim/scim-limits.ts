/** What one request can ask for; `/ServiceProviderConfig` says so. */
export const scimLimits = {
  /** Resources of one page. */
  page: 200,
  bulkOperations: 1_000,
  /** Octets of a body. */
  body: 1_048_576,
  /** Objects and lists within one another. */
  nesting: 32,
} as const;
