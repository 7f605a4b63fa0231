/** Weak: representations of one version can differ in what was asked for (RFC 7644, section 3.14; RFC 9110, section 8.8.3). */
export function etagOf(version: number): string {
  return `W/"${version}"`;
}

/** Whether an `If-Match` or `If-None-Match` names this version, or any. Compared weakly (RFC 9110, section 8.8.3.2). */
export function namesVersion(header: string, version: number): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return header.split(",").some(tag => tag.trim() === "*" || opaque(tag) === opaque(etagOf(version)));
}
