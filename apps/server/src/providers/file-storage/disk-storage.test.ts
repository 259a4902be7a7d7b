import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDiskStorage } from './disk-storage.ts';
import { fileStorageSuite } from './file-storage-suite.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'holdfast-storage-'));
  return made;
}

fileStorageSuite('on disk', async () => {
  const place = folder();
  return { storage: openDiskStorage(place), close: () => rmSync(place, { recursive: true, force: true }) };
});

test('a server that was killed while it wrote leaves a part, which is listed and can be removed, but is no file', async () => {
  const place = folder();
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const storage = openDiskStorage(place);
  const name = 'ab'.repeat(16);
  await storage.write(name, [Buffer.from('whole')]);
  const path = join(place, 'ab', name);
  expect(statSync(path).mode & 0o077).toBe(0);
  rmSync(path);
  writeFileSync(`${path}.part`, 'half');
  expect(await storage.size(name)).toBeNull();
  const names = [];
  for await (const file of storage.list()) names.push(file.name);
  expect(names).toEqual([name]);
  await storage.remove(name);
  expect(existsSync(`${path}.part`)).toBe(false);
});
