import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../testing/test-app.ts';
import type { TestApp } from '../testing/test-app.ts';
import { auditCommand, progressLine } from './audit-command.ts';

let app: TestApp;
let portfolioId = '';
beforeAll(async () => {
  app = await startTestApp();
  const user = await app.user('keeper');
  const made = await app.as(user).post('portfolios', { name: 'Kept', kind: 'tracked', baseCurrency: 'USD' });
  portfolioId = made.as<{ id: string }>().id;
  await app.as(user).post(`portfolios/${portfolioId}/transactions`, { type: 'deposit', amount: '500' });
});
afterAll(() => app.close());

async function run(...words: readonly string[]) {
  const lines: string[] = [];
  const drawn: string[] = [];
  const terminal = {
    print: (line: string) => void lines.push(line),
    redraw: (line: string) => void drawn.push(line),
    askSecret: async () => null,
  };
  const code = await auditCommand.run(words, { app: app.app, terminal });
  return { code, lines, drawn };
}

test('says that everything is as its facts give it, and ends with 0', async () => {
  // The portfolio of the test and the one that every account begins with.
  const { code, lines, drawn } = await run();
  expect([code, lines]).toEqual([0, ['2 portfolios rebuilt from 1 transaction: no difference.']]);
  expect(drawn).toEqual(['1 of 2 portfolios, 0 transactions, no difference', '2 of 2 portfolios, 1 transactions, no difference']);
  expect((await run('--json')).lines).toEqual(['{"portfolios":2,"transactions":1,"tickDays":0,"differences":0}']);
});

test('names what differs, line by line or as JSON, and ends with 1', async () => {
  await app.pool.query('update portfolio_heads set cash = 501 where portfolio_id = $1', [portfolioId]);
  try {
    const found = `portfolio ${portfolioId}: cash USD: stored 501, rebuilt 500`;
    expect(await run()).toMatchObject({ code: 1, lines: [found, '2 portfolios rebuilt from 1 transaction: 1 difference.'] });
    const alone = await run('--portfolio', portfolioId, '--json');
    expect(alone.code).toBe(1);
    expect(alone.lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { portfolioId, what: 'cash USD', stored: '501', rebuilt: '500' },
      { portfolios: 1, transactions: 1, tickDays: 0, differences: 1 },
    ]);
    expect((await run(`--portfolio=${portfolioId}`)).code).toBe(1);
  } finally {
    await app.pool.query('update portfolio_heads set cash = 500 where portfolio_id = $1', [portfolioId]);
  }
});

test('a portfolio that is not there', async () => {
  const nobody = '01980a5e-7c1e-7000-8000-00000000b001';
  expect(await run('--portfolio', nobody)).toMatchObject({ code: 2, lines: [`There is no portfolio ${nobody}.`] });
});

test.each([[['--portfolio']], [['--portfolio', 'mine']], [['everything']]])('%j is answered with how to use it', async (words) => {
  expect(await run(...words)).toMatchObject({ code: 2, lines: ['Use: npm run audit [-- [--portfolio ID] [--json]]'] });
});

test('the progress of a large house', () => {
  expect(progressLine({ portfolios: 1_200, of: 4_000, transactions: 1_234_567, differences: 2 })).toBe(
    '1,200 of 4,000 portfolios, 1,234,567 transactions, 2 differences',
  );
});
