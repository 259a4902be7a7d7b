import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeForgotten } from './remove-forgotten.ts';

test('files of yesterday go, those of today stay, and the folder is made', async () => {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-reports-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = join(root, 'reports');
  const now = Date.UTC(2026, 0, 8, 12);
  await removeForgotten(folder, { now: () => now });
  for (const [name, hours] of [
    ['old.pdf', 25],
    ['young.pdf', 23],
  ] as const) {
    const at = new Date(now - hours * 3_600_000);
    writeFileSync(join(folder, name), '');
    utimesSync(join(folder, name), at, at);
  }
  await removeForgotten(folder, { now: () => now });
  expect(readdirSync(folder)).toEqual(['young.pdf']);
});
