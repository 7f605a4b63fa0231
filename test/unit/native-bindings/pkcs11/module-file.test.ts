import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { moduleFile } from "../../../../native-bindings/pkcs11/module-file.ts";

let directory: string;
let file: string;

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "wardkey-module-")));
  mkdirSync(join(directory, "lib"));
  file = join(directory, "lib", "module.so");
  writeFileSync(file, "");
  chmodSync(file, 0o644);
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe("a module's file is taken", () => {
  test("by its absolute path", () => {
    expect(moduleFile(file)).toBe(file);
  });

  test("behind a link, as the file that the link leads to", () => {
    const link = join(directory, "link.so");
    symlinkSync(file, link);
    expect(moduleFile(link)).toBe(file);
  });
});

describe("a module's file is refused", () => {
  const refusal = (path: string) => {
    try {
      return moduleFile(path);
    } catch (failure) {
      return failure;
    }
  };

  test.each(["module.so", "./lib/module.so", "", "../module.so"])("by a path that is not absolute: “%s”", path => {
    expect(refusal(path)).toMatchObject({ code: "module-refused", detail: expect.stringContaining("absolute") });
  });

  test("where there is none, or a folder", () => {
    expect(refusal(join(directory, "nothing.so"))).toMatchObject({ code: "module-refused" });
    expect(refusal(directory)).toMatchObject({ code: "module-refused" });
  });

  test.each([0o666, 0o646])("where everybody can change it: %o", mode => {
    chmodSync(file, mode);
    expect(refusal(file)).toMatchObject({ code: "module-refused" });
  });

  test("where everybody can change its folder, or that of the link to it", () => {
    const open = join(directory, "open");
    mkdirSync(open);
    chmodSync(open, 0o777);
    symlinkSync(file, join(open, "link.so"));
    expect(refusal(join(open, "link.so"))).toMatchObject({ code: "module-refused" });
    chmodSync(join(directory, "lib"), 0o777);
    expect(refusal(file)).toMatchObject({ code: "module-refused", detail: expect.stringContaining("lib") });
  });

  test.skipIf(process.getuid?.() !== 0)(
    "where it is somebody else's, or open to a group (only root can give files away)",
    () => {
      chmodSync(file, 0o664);
      expect(moduleFile(file)).toBe(file);
      chownSync(file, 0, 1);
      expect(refusal(file)).toMatchObject({ code: "module-refused" });
      chmodSync(file, 0o644);
      expect(moduleFile(file)).toBe(file);
      chownSync(file, 1, 0);
      expect(refusal(file)).toMatchObject({ code: "module-refused" });
    },
  );
});
