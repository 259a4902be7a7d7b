/** The examples of the client's page, each run as it stands there, as a program of its own against the server. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

const repository = join(import.meta.dirname, '../..');
const page = readFileSync(join(repository, 'packages/sdk/README.md'), 'utf8');
const examples = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, program = '']) => program);
let folder = '';
beforeAll(() => {
  // Inside the repository, where its packages are found.
  folder = mkdtempSync(join(repository, 'node_modules/.sdk-examples-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What an example prints. */
async function run(number: number): Promise<string> {
  const file = join(folder, `example-${number}.mts`);
  writeFileSync(file, examples[number] ?? '');
  const words = ['--conditions=source', '--import', import.meta.resolve('tsx'), file];
  const { stdout } = await promisify(execFile)(process.execPath, words, { env: { ...process.env, HOLDFAST_URL: inject('url') } });
  return stdout;
}

test('an order from nothing is filled', async () => {
  expect(await run(0)).toMatch(/^filled: 10 AAPL at \d+(\.\d+)?\n$/);
});

test('an error says its status and code', async () => {
  expect(await run(1)).toBe('401 invalid_credentials\n');
});

test('a price arrives on the stream', async () => {
  expect(await run(2)).toMatch(/^AAPL \d+(\.\d+)?\n$/);
});

test('every example of the page is run', () => {
  expect(examples).toHaveLength(3);
});
