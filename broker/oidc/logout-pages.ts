import type { KoaContextWithOIDC } from "oidc-provider";
import type { House } from "../services/house.ts";
import { oidcApplication } from "./oidc-application.ts";
import { escaped, page, pageHeaders } from "./page.ts";
import { pageWords } from "./page-words.ts";

/**
 * Pages of RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0). An application signs itself out here, never the card's
 * session: that one ends in the portal, or when the card goes.
 */
export function logoutPages(house: Pick<House, "applications">) {
  const nameOf = (ctx: KoaContextWithOIDC): string | undefined => {
    const application = oidcApplication(house, ctx.oidc.client?.clientId);
    return application === undefined ? undefined : escaped(application.name);
  };
  const send = (ctx: KoaContextWithOIDC, title: string, body: string) => {
    ctx.set(pageHeaders);
    ctx.body = page(pageWords(ctx.res).language, title, body);
  };
  return {
    /** `form` carries what confirms the request; the page gives it a button. */
    logoutSource(ctx: KoaContextWithOIDC, form: string): void {
      const { words } = pageWords(ctx.res);
      const name = nameOf(ctx);
      if (name === undefined) return send(ctx, words.nothingToLeave, `<p>${words.nothingText}</p>`);
      const button = `<button type="submit" form="op.logoutForm" autofocus>${words.leave(name)}</button>`;
      send(ctx, words.leaveQuestion(name), `<p>${words.leaveOnly}</p>${form}${button}`);
    },
    postLogoutSuccessSource(ctx: KoaContextWithOIDC): void {
      const { words } = pageWords(ctx.res);
      send(ctx, words.left(nameOf(ctx) ?? "Application"), `<p>${words.leftText}</p>`);
    },
  };
}
