/** Switches of Chromium with which nothing is fetched, sent, kept or drawn that nobody at the workstation asked for. */
export const quietSwitches: readonly string[] = [
  "--disable-quic",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-breakpad",
  "--disable-domain-reliability",
  // The address bar's two popups are pages, loaded with every window, also where there is no address bar: 1.3 s of a
  // processor in Chromium 156.
  "--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication,PasswordManagerOnboarding,WebUIOmniboxPopup,WebUIOmniboxAimPopup",
  "--metrics-recording-only",
];
