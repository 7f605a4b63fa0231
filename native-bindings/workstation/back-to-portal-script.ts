/** The one function that the script can call. */
export const portalBinding = "wardkeyPortal";

/**
 * Draws a tab at the right edge of an application's page that leads back to the portal. In a closed shadow tree, with
 * a constructed style sheet: neither the application's styles nor its content security policy reach it.
 */
export function backToPortalScript(words: string): string {
  return `(${draw})(${JSON.stringify(words)}, ${JSON.stringify(portalBinding)})`;
}

// Runs in the page, where Node's types do not reach: written as text.
const draw = `(words, binding) => {
  if (window.top !== window) return;
  const place = () => {
    if (document.documentElement === null) return;
    const host = document.createElement("wardkey-portal");
    const tree = host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(\`
      :host { all: initial; position: fixed; right: 0; top: 50%; translate: 0 -50%; z-index: 2147483647; }
      button { all: unset; box-sizing: border-box; min-width: 48px; min-height: 132px; padding: 14px 12px;
        writing-mode: vertical-rl; text-align: center; font: 600 16px/1.4 system-ui, sans-serif; letter-spacing: .02em;
        color: #fff; background: #0b5d62; border-radius: 12px 0 0 12px; box-shadow: 0 0 0 1px #fff8, 0 4px 16px #0004;
        cursor: pointer; }
      button:hover { background: #084a4e; }
      button:focus-visible { outline: 3px solid #fff; outline-offset: -6px; }
    \`);
    tree.adoptedStyleSheets = [sheet];
    const button = document.createElement("button");
    button.textContent = words;
    button.addEventListener("click", event => event.isTrusted && globalThis[binding](""));
    tree.append(button);
    document.documentElement.append(host);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place, { once: true });
  else place();
}`;
