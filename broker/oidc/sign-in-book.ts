import type { ClientConfiguration } from "./client-configuration.ts";

/** One application's sign-in from a seat: what has to be undone when the card goes, or when the session ends. */
export interface ApplicationSignIn {
  /** Of oidc-provider: everything that this sign-in gave belongs to it. */
  readonly grant: string;
  /** Of oidc-provider; by its `uid`. */
  readonly providerSession: string;
  readonly clientId: string;
  readonly application: string;
  readonly logoutAt: ClientConfiguration["logoutAt"];
  /** Of the holder; PS_IdNat. */
  readonly holder: string;
  /** As the ID token names this sign-in. */
  readonly sid: string;
  readonly session: string;
  readonly seat: string;
}

/** Who is signed in where, in memory like everything that it stands for (decision 0007). */
export class SignInBook {
  readonly #byGrant = new Map<string, ApplicationSignIn>();

  enter(signIn: ApplicationSignIn): void {
    this.#byGrant.set(signIn.grant, signIn);
  }

  of(grant: string | undefined): ApplicationSignIn | undefined {
    return grant === undefined ? undefined : this.#byGrant.get(grant);
  }

  /** Sign-ins that end with the seat's card: taken out of the book. */
  takeAtRemoval(seat: string): ApplicationSignIn[] {
    return this.#take(signIn => signIn.seat === seat && signIn.logoutAt === "removal");
  }

  takeAtEnd(session: string): ApplicationSignIn[] {
    return this.#take(signIn => signIn.session === session);
  }

  /** The holder signed out of this one application himself. */
  takeByClient(providerSession: string, clientId: string): ApplicationSignIn[] {
    return this.#take(signIn => signIn.providerSession === providerSession && signIn.clientId === clientId);
  }

  /** Whether this provider session still holds another sign-in. */
  holds(providerSession: string): boolean {
    return [...this.#byGrant.values()].some(signIn => signIn.providerSession === providerSession);
  }

  #take(isMeant: (signIn: ApplicationSignIn) => boolean): ApplicationSignIn[] {
    const taken = [...this.#byGrant.values()].filter(isMeant);
    for (const { grant } of taken) this.#byGrant.delete(grant);
    return taken;
  }
}
