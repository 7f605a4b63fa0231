import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * What axe has against a page as it stands, in the light and in the night theme, by theme, rule and element. `more`: rules beside
 * those of WCAG's level AA. The page stays in the night.
 */
export async function objections(page: Page, more: readonly string[] = []): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of ["light", "night"]) {
    await page.evaluate(name => document.documentElement.setAttribute("data-theme", name), theme);
    const { violations } = await new AxeBuilder({ page })
      .options({ runOnly: tags, rules: Object.fromEntries(more.map(rule => [rule, { enabled: true }])) })
      // Not through a second page, which hides the results from frames of other sites: ours have no frames.
      .setLegacyMode()
      .analyze();
    found.push(...violations.map(({ id, nodes }) => `${theme}: ${id}: ${nodes.map(node => node.html).join(" | ")}`));
  }
  return found;
}
