import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { openLog, type ErrorLine, type Log, type LogOptions } from './logger.ts';
import { RotatingFile } from './rotating-file.ts';
import { scrub } from './scrub.ts';

function logInto(lines: string[], options: Partial<LogOptions> = {}): Log {
  return openLog({
    level: 'info',
    format: 'json',
    file: null,
    clock: fixedClock('2026-03-04T05:06:07.089Z'),
    output: { write: (line) => void lines.push(line) },
    ...options,
  });
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a line is one JSON object with level, time and message', () => {
  const lines: string[] = [];
  const { logger } = logInto(lines);
  logger.info({ requestId: 'r1', status: 200 }, 'answered');
  logger.debug('not shown at level info');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'info',
    time: '2026-03-04T05:06:07.089Z',
    message: 'answered',
    requestId: 'r1',
    status: 200,
  });
});

test('the line of a request has the shape of every other line', () => {
  const lines: string[] = [];
  const { logger, writeRequest } = logInto(lines);
  const line = { requestId: 'r1', method: 'GET', route: '/api/v1/me', status: 200, durationMs: 1.25, userId: null };
  writeRequest(line);
  logger.info(line, 'request');
  expect(JSON.parse(lines[0] ?? '')).toEqual(JSON.parse(lines[1] ?? ''));
  expect(lines[0]).toMatch(/\n$/);
  writeRequest({ ...line, userId: 'u1' });
  expect(JSON.parse(lines[2] ?? '')).toMatchObject({ userId: 'u1' });
  logger.level = 'warn';
  writeRequest(line);
  expect(lines).toHaveLength(3);
});

test('errors are told besides, scrubbed, and nothing less than errors', () => {
  const told: ErrorLine[] = [];
  const { logger } = logInto([], { onError: (line) => void told.push(line) });
  logger.warn({ error: new Error('no matter') }, 'late');
  logger.error({ requestId: 'r1', err: new TypeError('postgres://app:hunter2@db refused') }, 'unforeseen error');
  logger.fatal('the end');
  expect(told).toEqual([
    {
      level: 'error',
      message: 'unforeseen error',
      at: Date.parse('2026-03-04T05:06:07.089Z'),
      type: 'TypeError',
      detail: 'postgres://app:[hidden]@db refused',
      stack: expect.stringContaining('logger.test.ts'),
      requestId: 'r1',
    },
    expect.objectContaining({ level: 'fatal', message: 'the end', type: null, stack: null }),
  ]);
});

test('secrets do not reach the log, neither as fields nor inside an error', () => {
  const lines: string[] = [];
  const { logger } = logInto(lines);
  const cause = new Error('connect postgres://app:hunter2@db/x refused');
  logger.info({
    password: 'hunter2',
    body: { newPassword: 'hunter2', email: 'a@b.c' },
    headers: { authorization: 'Bearer hunter2', 'set-cookie': 'hunter2' },
  });
  logger.info({ request: { headers: { cookie: 'hunter2', authorization: 'hunter2' } } });
  logger.error({ error: new Error('token eyJhbGciOi.eyJzdWIi.hunter2 refused', { cause }) }, 'failed');
  logger.error(Object.assign(new Error('plain'), { parameters: ['hunter2'], code: '23505' }));
  const all = lines.join('');
  expect(all).not.toContain('hunter2');
  expect(all).toContain('a@b.c');
  expect(all).toContain('postgres://app:[hidden]@db/x');
  expect(JSON.parse(lines[3] ?? '')).toMatchObject({ error: { type: 'Error', message: 'plain', code: '23505' } });
});

test.each([
  ['GET /x?apikey=abc&symbol=A', 'GET /x?apikey=[hidden]&symbol=A'],
  ['Authorization: Bearer abc.def', 'Authorization: Bearer [hidden]'],
  ['redis://:pw@host', 'redis://:[hidden]@host'],
  ['https://example.org/a:b@c is kept', 'https://example.org/a:b@c is kept'],
])('scrub(%j)', (text, expected) => {
  expect(scrub(text)).toBe(expected);
});

test('pretty lines are for people, with the stack below', () => {
  const lines: string[] = [];
  const { logger } = logInto(lines, { format: 'pretty' });
  logger.warn({ symbol: 'AAPL', error: new Error('no price') }, 'quote is late');
  const plain = lines.join('').replaceAll(/\u001b\[\d+m/g, '');
  expect(plain.split('\n')[0]).toBe('05:06:07.089 WARN  quote is late symbol=AAPL');
  expect(plain.split('\n')[1]).toBe('    Error: no price');
});

test('the file gets JSON while the screen gets pretty lines', () => {
  const path = join(newFolder(), 'logs', 'server.log');
  const log = logInto([], { format: 'pretty', file: path });
  log.logger.info('kept');
  log.close();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ message: 'kept' });
});

test('a full file is set aside, the oldest goes, and no line is lost or torn', () => {
  const folder = newFolder();
  const path = join(folder, 'server.log');
  // A line has 10 bytes, so a file of 30 holds three: 0-2, 3-5, … 15-17, 18-19. The newest and two older ones hold 12-19.
  const first = new RotatingFile({ path, maxBytes: 30, keep: 2 });
  for (let line = 0; line < 11; line += 1) first.write(`line ${String(line).padStart(4)}\n`);
  first.close();
  const second = new RotatingFile({ path, maxBytes: 30, keep: 2 });
  for (let line = 11; line < 20; line += 1) second.write(`line ${String(line).padStart(4)}\n`);
  second.close();
  expect(readdirSync(folder).sort()).toEqual(['server.log', 'server.log.1', 'server.log.2']);
  const kept = ['server.log.2', 'server.log.1', 'server.log'].map((name) => readFileSync(join(folder, name), 'utf8')).join('');
  expect(kept).toBe([12, 13, 14, 15, 16, 17, 18, 19].map((line) => `line ${String(line).padStart(4)}\n`).join(''));
});

test('what is buffered is written when the process ends', () => {
  const program = `
    import { openLog } from ${JSON.stringify(new URL('./logger.ts', import.meta.url).href)};
    const { logger } = openLog({ level: 'info', format: 'json', file: null });
    logger.info('first');
    logger.info('last');
    process.exit(3);`;
  const run = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(run.status).toBe(3);
  expect(run.stdout.trim().split('\n')).toHaveLength(2);
});
