import type { Session, WebContents } from "electron";

/** No permission, no device, no download, no certificate of the machine's: nothing here needs them. */
export function confineSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.on("will-download", event => event.preventDefault());
  session.setSpellCheckerEnabled(false);
}

/** The page stays where `mayGo` allows, opens nothing beside itself and embeds no other page's process. */
export function confineContents(contents: WebContents, mayGo: (url: string) => boolean): void {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-navigate", event => {
    if (!mayGo(event.url)) event.preventDefault();
  });
  contents.on("will-redirect", event => {
    if (!mayGo(event.url)) event.preventDefault();
  });
  contents.on("will-attach-webview", event => event.preventDefault());
  // A client certificate chosen by the browser would be the one of an earlier card.
  contents.on("select-client-certificate", (event, _url, _list, choose) => {
    event.preventDefault();
    // The types demand one; without one the request goes on without a certificate.
    (choose as () => void)();
  });
}

export function isWebAddress(url: string): boolean {
  return URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);
}
