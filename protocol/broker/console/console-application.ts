/** The console as its administrators find it in their portal: launched like any application, by a card in a seat. */
export const consoleApplication = { id: "wardkey-console", name: "Console", icon: "monitor-cog" } as const;
