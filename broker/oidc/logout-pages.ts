import type { KoaContextWithOIDC } from "oidc-provider";
import type { House } from "../services/house.ts";
import { oidcApplication } from "./oidc-application.ts";
import { escaped, page, pageHeaders } from "./page.ts";

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
    ctx.body = page(title, body);
  };
  return {
    /** `form` carries what confirms the request; the page gives it a button. */
    logoutSource(ctx: KoaContextWithOIDC, form: string): void {
      const name = nameOf(ctx);
      if (name === undefined) return send(ctx, "Rien à quitter", nothingToLeave);
      send(
        ctx,
        `Quitter ${name} ?`,
        "<p>Seule cette application se ferme. Votre session reste ouverte sur ce poste tant que votre carte y est.</p>" +
          `<p lang="en">Sign out of ${name} only. Your session stays open here as long as your card is in.</p>${form}` +
          `<button type="submit" form="op.logoutForm" autofocus>Quitter ${name}</button>`,
      );
    },
    postLogoutSuccessSource(ctx: KoaContextWithOIDC): void {
      const name = nameOf(ctx) ?? "Application";
      send(
        ctx,
        `${name} : vous êtes déconnecté`,
        `<p>Le portail peut la rouvrir. Retirez votre carte en partant.</p><p lang="en">Signed out. The portal can open it again. Take your card when you leave.</p>`,
      );
    },
  };
}

const nothingToLeave =
  "<p>Aucune application n’a demandé à se fermer. Pour finir votre session, retirez votre carte ou utilisez le portail.</p>" +
  '<p lang="en">No application asked to be signed out. To end your session, take your card or use the portal.</p>';
