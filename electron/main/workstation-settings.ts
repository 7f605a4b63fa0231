import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../core/errors/failure.ts";
import { type CardHostSettings, cardHostSettings } from "../../protocol/card-host/settings.ts";

/**
 * `settings.json` in the workstation's folder; what it does not say is as usual, as is everything without the file. Throws
 * `settings-malformed` where it cannot be understood: a workstation does not run on half of what was decided.
 */
export function readSettings(state: string): CardHostSettings {
  const file = join(state, "settings.json");
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return cardHostSettings.parse({});
    throw new Failure("settings-malformed", { detail: `${file}: ${String(error)}`, cause: error });
  }
  const parsed = cardHostSettings.strict().safeParse(parse(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Failure("settings-malformed", { detail: `${file}: ${issue?.path.join(".")} ${issue?.message}` });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
