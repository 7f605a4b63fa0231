/** The Electron host's only channels. Whatever else is sent is heard by nobody. */
export const channels = {
  /** Window to main: it has loaded and wants the view. */
  connect: "wardkey:connect",
  /** Window to main: an intent. */
  intend: "wardkey:intend",
  /** Main to window: protocol/window's messages. */
  tell: "wardkey:tell",
  /** The tab at an application's edge was used. */
  portalAsked: "wardkey:portal-asked",
} as const;

/** Where the window's files are; no network has this scheme. */
export const windowScheme = "wardkey";
export const windowAddress = `${windowScheme}://window/`;

/** The world of an application's page that its own scripts cannot see, and the function in it. */
export const portalWorldId = 1001;
export const portalFunction = "wardkeyPortal";
