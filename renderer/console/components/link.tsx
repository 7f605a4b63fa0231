import type { AnchorHTMLAttributes } from "react";
import { goTo } from "../use-address.ts";

/** A link within the console: an ordinary address that is gone to without a load. */
export function Link({ href, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string }) {
  return (
    <a
      {...rest}
      href={href}
      onClick={event => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        goTo(href);
      }}
    />
  );
}
