import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdFolder } from './folder-hold.ts';
import { startMark } from './running-process.ts';

let folder: string;
const holdFile = () => join(folder, 'held-by.json');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hold-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** No machine gives out this number: Linux ends at 4,194,304, macOS at 99,998. */
const nobody = 999_999_999;

test('a held folder is refused, and the refusal names the holder and the way out', () => {
  writeFileSync(holdFile(), JSON.stringify({ pid: process.ppid, startMark: startMark(process.ppid), since: '2026-01-02T03:04:05.000Z' }));

  expect(() => holdFolder(folder)).toThrow(
    `The data in ${folder} are in use by process ${process.ppid} since 2026-01-02T03:04:05.000Z. Stop it, or set DATA_DIR to another folder.`,
  );
});

test('a folder is held once by one process too, and free after its release', () => {
  const hold = holdFolder(folder);
  expect(() => holdFolder(folder)).toThrow(`this very process (${process.pid})`);

  hold.release();

  expect(existsSync(holdFile())).toBe(false);
  holdFolder(folder).release();
});

test.each([
  ['a process that has ended', () => JSON.stringify({ pid: nobody, startMark: '1', since: '' })],
  ['a number that another process has now', () => JSON.stringify({ pid: process.ppid, startMark: 'another', since: '' })],
  ['half a sentence', () => '{"pid":'],
  ['nothing', () => ''],
])('what was left by %s does not count', (_, left) => {
  writeFileSync(holdFile(), left());

  holdFolder(folder);

  expect(JSON.parse(readFileSync(holdFile(), 'utf8'))).toMatchObject({ pid: process.pid });
});

test('a release leaves the hold of a later process alone', () => {
  const hold = holdFolder(folder);
  writeFileSync(holdFile(), 'of somebody else');

  hold.release();

  expect(readFileSync(holdFile(), 'utf8')).toBe('of somebody else');
});
