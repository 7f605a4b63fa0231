import { isAbsolute, win32 } from "node:path";
import { describe, expect, test } from "vitest";
import { findModules } from "../../../../native-bindings/pkcs11/find-modules.ts";
import { usualPlaces } from "../../../../native-bindings/pkcs11/usual-places.ts";

/** A machine with these files, links as [name, file]. */
function machine(platform: NodeJS.Platform, files: readonly string[], links: Readonly<Record<string, string>> = {}) {
  return {
    platform,
    environment: { WINDIR: "C:\\Windows", PROGRAMFILES: "C:\\Program Files" },
    realPath(path: string) {
      const file = links[path] ?? path;
      if (!files.includes(file)) throw new Error("ENOENT");
      return file;
    },
  };
}

describe("modules in the usual places", () => {
  test("a maker's own is told before the one for every card", () => {
    const files = ["/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so", "/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so"];
    expect(findModules(machine("linux", files))).toEqual([
      { name: "Cryptolib CPS", rank: "vendor", path: files[1] },
      { name: "OpenSC", rank: "general", path: files[0] },
    ]);
  });

  test("a file that has several names is told once", () => {
    const [file, link] = [
      "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
      "/usr/lib/x86_64-linux-gnu/pkcs11/opensc-pkcs11.so",
    ];
    expect(findModules(machine("linux", [file], { [link]: file })).map(({ path }) => path)).toEqual([file]);
    expect(findModules(machine("linux", [file, link])).map(({ path }) => path)).toEqual([file, link]);
  });

  test("Windows' folders are where its variables say, and nowhere without them", () => {
    const files = ["C:\\Windows\\System32\\cps3_pkcs11_w64.dll"];
    expect(findModules(machine("win32", files)).map(({ path }) => path)).toEqual(files);
    expect(findModules({ ...machine("win32", files), environment: {} })).toEqual([]);
  });

  test("nothing is found on a machine without any, or of a kind that we know no place of", () => {
    expect(findModules(machine("linux", []))).toEqual([]);
    expect(findModules(machine("aix", ["/usr/lib/opensc-pkcs11.so"]))).toEqual([]);
  });
});

test("every usual place is a whole path", () => {
  const expanded = (path: string) => path.replace(/%\w+%/, "C:\\X");
  const notWhole = usualPlaces.flatMap(place => [
    ...[...place.linux, ...place.darwin].filter(path => !isAbsolute(path)),
    ...place.win32.filter(path => !win32.isAbsolute(expanded(path))),
  ]);
  expect(notWhole).toEqual([]);
});
