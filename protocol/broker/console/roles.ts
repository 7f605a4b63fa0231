/** What somebody may do in the console; the broker's configuration gives roles to holders. */
export const consoleRoles = ["trust", "applications", "helpdesk", "directory", "auditor"] as const;
export type ConsoleRole = (typeof consoleRoles)[number];
