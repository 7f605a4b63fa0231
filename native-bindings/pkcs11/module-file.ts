import { lstatSync, realpathSync, type Stats, statSync } from "node:fs";
import { dirname, isAbsolute } from "node:path";
import { Failure } from "../../core/errors/failure.ts";

const changeableByGroup = 0o020;
const changeableByAll = 0o002;
const sticky = 0o1000;

/**
 * The file behind a module's path, which is what is loaded: code that anybody could have put there must not come near a PIN.
 * The file, its folders, and those of the path as written, must be root's or this user's, and closed to others. Throws
 * `module-refused`. On Windows owner and rights are not looked at: there, the installer's folders are the administrator's.
 */
export function moduleFile(path: string): string {
  if (!isAbsolute(path)) throw refused(path, "is no absolute path");
  const file = realPath(path);
  const about = statSync(file);
  if (!about.isFile()) throw refused(path, "is no file");
  if (process.platform === "win32") return file;
  if (isChangeable(about)) throw refused(file, "can be changed by others");
  for (const folder of [...foldersOf(path), ...foldersOf(file)]) {
    if (isChangeable(lstatSync(folder))) throw refused(file, `lies in ${folder}, which others can change`);
  }
  return file;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    throw new Failure("module-refused", { detail: `${path} is not there`, cause });
  }
}

function foldersOf(path: string): string[] {
  const folders = [dirname(path)];
  for (let above = dirname(folders[0] ?? path); above !== folders.at(-1); above = dirname(above)) folders.push(above);
  return folders;
}

/** In a sticky folder, such as /tmp, everybody changes his own alone. Root's group has no more members than root. */
function isChangeable(about: Stats): boolean {
  const { uid, gid, mode } = about;
  if (uid !== 0 && uid !== process.getuid?.()) return true;
  if (about.isSymbolicLink() || (about.isDirectory() && (mode & sticky) !== 0)) return false;
  return (mode & changeableByAll) !== 0 || ((mode & changeableByGroup) !== 0 && gid !== 0);
}

function refused(path: string, why: string): Failure {
  return new Failure("module-refused", { detail: `${path} ${why}` });
}
