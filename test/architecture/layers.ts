import { isBuiltin } from "node:module";
import type { Import } from "./import-graph.ts";
import { buildSettings, type Room, rooms } from "./rooms.ts";

function isIn(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}

function roomOf(file: string): Room | undefined {
  return rooms.filter(room => isIn(file, room.folder)).sort((a, b) => b.folder.length - a.folder.length)[0];
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** One sentence for an import that its room does not allow; `undefined` where it does. */
export function forbidden(edge: Import): string | undefined {
  if (buildSettings.test(edge.from)) return undefined;
  const room = roomOf(edge.from);
  if (room === undefined) return `${edge.from} stands in no room of test/architecture/rooms.ts.`;
  const where = `${edge.from}:${edge.line} imports ${edge.specifier}, but ${room.folder}/`;
  if (edge.file !== undefined) {
    const file = edge.file;
    return room.rooms.some(allowed => isIn(file, allowed))
      ? undefined
      : `${where} may import only ${room.rooms.join(", ")}.`;
  }
  if (isBuiltin(edge.specifier)) return room.node ? undefined : `${where} may not see Node.`;
  if (room.packages === "any" || room.packages.includes(packageOf(edge.specifier))) return undefined;
  return `${where} may import no package but ${room.packages.join(", ") || "none"}.`;
}

/** Each cycle of run-time imports once, as the files it passes. */
export function cycles(edges: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const edge of edges) {
    if (edge.file === undefined || edge.typesOnly) continue;
    next.set(edge.from, [...(next.get(edge.from) ?? []), edge.file]);
  }
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const seen = path.indexOf(file);
    if (seen >= 0) {
      found.push([...path.slice(seen), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const following of next.get(file) ?? []) visit(following, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}
