/** Headers of everything that a host serves to the window. `channel` is where its only connection may go. */
export function windowHeaders(channel: string): Readonly<Record<string, string>> {
  return {
    "content-security-policy": contentSecurityPolicy(channel),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), usb=(), serial=(), hid=(), clipboard-read=()",
    "cache-control": "no-store",
  };
}

/** Only our own files; no script but from a file; nobody may frame the window. */
export function contentSecurityPolicy(channel: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    `connect-src ${channel}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
