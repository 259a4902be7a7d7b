import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../testing/test-app.ts';
import type { TestApp } from '../testing/test-app.ts';
import { importCommand, progressLine } from './import-command.ts';

const HEADER = 'Ticker,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest';
const folder = mkdtempSync(join(tmpdir(), 'holdfast-import-'));

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

async function run(...words: string[]) {
  const lines: string[] = [];
  const drawn: string[] = [];
  const terminal = {
    print: (line: string) => void lines.push(line),
    redraw: (line: string) => void drawn.push(line),
    askSecret: async () => null,
  };
  const code = await importCommand.run(words, { app: app.app, terminal, folder });
  return { code, lines, drawn };
}

test('imports a file from the folder it was called in, says what came of it, and takes it once', async () => {
  const rows = [
    'CMD.NSE,01/07/2025,10:00:00,1,1,1,1,1,1,0',
    'CMD.NSE,01/07/2025,08:00:00,1,1,1,1,1,1,0',
    'CMD.NSE,01/07/2025,10:00:00,x,1,1,1,1,1,0',
  ];
  writeFileSync(join(folder, 'ticks.csv'), [HEADER, ...rows].join('\n'));

  const first = await run('ticks.csv');
  expect([first.code, first.lines]).toEqual([0, ['ticks.csv: 2 rows stored, 1 of them flagged as odd; 1 could not be read.']]);
  expect(first.drawn.at(-1)).toContain('100 %');
  const again = await run('ticks.csv');
  expect(again.code).toBe(0);
  expect(again.lines[0]).toMatch(/^ticks.csv: The same file was imported before, as import [0-9a-f-]{36}\. Nothing was changed\.$/);
  expect((await app.anonymous.get('tickers?search=CMD')).body).toMatchObject({ total: 1 });
});

test('several files, one of them no tick file, and a zone', async () => {
  writeFileSync(join(folder, 'good.csv'), `${HEADER}\nZONED,01/07/2025,10:00:00,1,1,1,1,1,1,0`);
  writeFileSync(join(folder, 'bad.csv'), 'a,b\n1,2');

  const { code, lines } = await run('good.csv', 'bad.csv', 'none.csv', '--zone', 'Asia/Kolkata');
  expect(code).toBe(1);
  expect(lines[0]).toBe('good.csv: 1 row stored.');
  expect(lines[1]).toContain('bad.csv: nothing was stored. bad.csv: The header has no column Ticker');
  expect(lines[2]).toContain('There is no file');
  expect((await app.anonymous.get('quotes/ZONED')).body).toMatchObject({ at: '2025-07-01T04:30:00.000Z' });
});

test.each([[[]], [['--zone', 'UTC']], [['a.csv', '--zone']], [['a.csv', '--fast']]])('%j is answered with how to use it', async (words) => {
  const { code, lines } = await run(...words);
  expect([code, lines.length, lines[0]]).toEqual([2, 1, expect.stringContaining('Use: npm run import -- FILE')]);
});

test('the bar grows with the file', () => {
  const rows = { read: 1_000_000, stored: 999_000, flagged: 0, rejected: 1_000 };
  expect(progressLine('a.zip', { status: 'running', progress: 0.5, rows, detail: null })).toBe(
    'a.zip [###############               ]  50 %  1,000,000 rows',
  );
});
