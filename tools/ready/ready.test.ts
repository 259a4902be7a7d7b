import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { linesByArea } from './coverage.mjs';
import { nodeIsTooOld, repository } from './environment.mjs';
import { isInstalled, missingPackages } from './install.mjs';
import { stampOf } from './stamp.mjs';
import { mergeReports, unpassedFiles } from './second-try.mjs';
import { sumResults } from './sum-results.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ready '));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

test.each([
  ['20.19.0', false],
  ['20.20.2', false],
  ['22.1.0', false],
  ['24.0.0', false],
  ['20.18.3', true],
  ['18.20.0', true],
])('Node %s is too old: %j', (version, tooOld) => {
  expect(nodeIsTooOld(version)).toBe(tooOld);
});

test('the reached part of the lines of each workspace, rounded down', () => {
  const lines = (covered: number, total: number) => ({ lines: { covered, total } });
  // 1,699 of 2,000 are 84.95 %.
  const files = {
    total: lines(1, 9_999),
    '/house/apps/server/src/a.ts': lines(1_000, 1_000),
    '/house/apps/server/src/b.ts': lines(699, 1_000),
    '/house/packages/engine/src/a.ts': lines(3, 3),
  };
  expect(linesByArea(files, '/house')).toEqual(['packages/engine: 100.0 % of 3 lines', 'apps/server: 84.9 % of 2,000 lines']);
});

test('only what the lock file names, and this platform needs, has to be there', () => {
  const wanted = {
    '': { version: '1.0.0' },
    'packages/engine': { version: '0.1.0' },
    'node_modules/@holdfast/engine': { link: true },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0' },
    'node_modules/b-darwin': { version: '2.0.0', optional: true },
  };

  expect(missingPackages(wanted, { 'node_modules/a': { version: '1.0.0' } })).toEqual(['node_modules/b']);
  expect(missingPackages(wanted, { 'node_modules/a': { version: '1.0.1' }, 'node_modules/b': { version: '2.0.0' } })).toEqual([
    'node_modules/a',
  ]);
});

test('an installation is complete until the lock file names something else', () => {
  const lock = (version: string) => JSON.stringify({ packages: { 'node_modules/a': { version } } });
  expect(isInstalled(root, lock('1'))).toBe(false);

  write('node_modules/.package-lock.json', lock('1'));
  expect(isInstalled(root, lock('1'))).toBe(true);
  expect(isInstalled(root, lock('2'))).toBe(false);
  expect(isInstalled(root, lock('1'))).toBe(true);
});

test('a stamp changes with a source file, and not with a test', () => {
  write('src/a.ts', 'one');
  write('src/deep/b.ts', 'one');
  write('src/a.test.ts', 'one');
  const first = stampOf(['src', 'missing'], root);
  expect(stampOf(['src', 'missing'], root)).toBe(first);

  write('src/a.test.ts', 'another');
  expect(stampOf(['src'], root)).toBe(first);

  utimesSync(join(root, 'src/deep/b.ts'), 1, 1);
  const touched = stampOf(['src'], root);
  expect(touched).not.toBe(first);

  write('src/c.ts', '');
  expect(stampOf(['src'], root)).not.toBe(touched);
});

test('results are added up; a skipped test, and a stage that failed without one, count as failed', () => {
  const all = { numTotalTests: 3, numPassedTests: 3 };
  const skipping = { numTotalTests: 3, numPassedTests: 2 };

  expect(sumResults([all, all], 0)).toEqual({ passed: 6, failed: 0 });
  expect(sumResults([all, skipping], 0)).toEqual({ passed: 5, failed: 1 });
  expect(sumResults([all], 2)).toEqual({ passed: 3, failed: 2 });
});

const fileResult = (name: string, ...statuses: string[]) => ({
  name,
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
});

test('what failed, what was skipped by a failed hook, and what never had its turn is tried again', () => {
  const testResults = [
    fileResult('a', 'passed'),
    fileResult('b', 'passed', 'failed'),
    fileResult('c', 'skipped'),
    fileResult('d', 'passed'),
  ];
  expect(unpassedFiles({ testResults }, ['a', 'b', 'c', 'd', 'e'])).toEqual(['b', 'c', 'e']);
});

test('a second try stands in place of the first, also where it fails again', () => {
  const first = { numTotalTests: 3, numPassedTests: 2, testResults: [fileResult('a', 'passed'), fileResult('b', 'passed', 'failed')] };
  const second = { testResults: [fileResult('b', 'passed', 'failed'), fileResult('e', 'passed')] };

  expect(mergeReports(first, second)).toMatchObject({ numTotalTests: 4, numPassedTests: 3 });
});

test('an unknown command is answered with those there are, and exit code 2', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(repository, 'tools/ready.mjs'), 'nonsense'], { encoding: 'utf8' });

  expect(status).toBe(2);
  expect(stderr).toMatch(/There is no "nonsense"\. There are: start, .*, bench\./);
});
