import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPidFile } from './pid-file.ts';

let cluster: string;
beforeEach(() => {
  cluster = mkdtempSync(join(tmpdir(), 'pid-'));
});
afterEach(() => rmSync(cluster, { recursive: true, force: true }));

/** As PostgreSQL 18 writes it, line by line: pid, data folder, start time, port, socket folder, address, shared memory key, status. */
const whole = ['4711', '/data', '1790000000', '5432', '/data/socket', '', ' 1234 5', 'ready   ', ''];

test.each([
  ['all lines', whole, { pid: 4711, socketFolder: '/data/socket', isReady: true }],
  ['no status yet', whole.slice(0, 6), { pid: 4711, socketFolder: '/data/socket', isReady: false }],
  ['starting', [...whole.slice(0, 7), 'starting', ''], { pid: 4711, socketFolder: '/data/socket', isReady: false }],
  ['nothing written yet', [], undefined],
  ['a single-user run, whose number is negative', ['-4711', '/data', ''], undefined],
])('a pid file with %s', (_, lines, expected) => {
  writeFileSync(join(cluster, 'postmaster.pid'), lines.join('\n'));

  expect(readPidFile(cluster)).toEqual(expected);
});

test('no pid file', () => {
  expect(readPidFile(cluster)).toBeUndefined();
});
