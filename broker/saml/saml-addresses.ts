export interface SamlAddresses {
  /** The name of the broker as identity provider, and where its metadata are. */
  readonly entityId: string;
  readonly signIn: string;
  readonly signOut: string;
}

/** Where the broker's SAML identity provider is. `origin`: of the web door, as browsers see it. */
export function samlAddresses(origin: string): SamlAddresses {
  const at = (path: string) => new URL(path, origin).href;
  return { entityId: at("/saml/metadata"), signIn: at("/saml/sso"), signOut: at("/saml/slo") };
}
