/** Paper portfolios that can trade for as long as a bench runs: much cash, and enough of four shares to sell. */
import { writeFileSync } from 'node:fs';
import { createClient, inParallel } from './client.ts';
import type { Client } from './client.ts';
import type { Server } from './server.ts';

export interface Target {
  readonly portfolioId: string;
  readonly token: string;
  readonly symbols: readonly string[];
}

export interface TradersAsked {
  readonly users: number;
  readonly portfolios: number;
}

const SYMBOLS_EACH = 4;
const ORDERS_PER_BATCH = 500;

export async function openTraders({ url, administrator }: Server, asked: TradersAsked): Promise<readonly Target[]> {
  const symbols = await listSymbols(administrator);
  const door = createClient(url);
  const accounts = Array.from({ length: asked.users }, (_, at) => ({
    email: `trader-${at}@example.com`,
    password: 'kestrel-Harbour-7719',
  }));
  const clients = await inParallel(accounts, 4, (account) => door.register(account));
  return inParallel(Array.from({ length: asked.portfolios }), 32, async (_, at) => {
    const client = clients[at % clients.length] ?? administrator;
    const own = Array.from({ length: SYMBOLS_EACH }, (_each, step) => symbols[(at * SYMBOLS_EACH + step) % symbols.length] ?? 'AAPL');
    const portfolioId = await openPaperPortfolio(client, own);
    return { portfolioId, token: client.token, symbols: own };
  });
}

/** A paper portfolio that holds 5,000 of each symbol and could pay for many more. */
export async function openPaperPortfolio(client: Client, symbols: readonly string[]): Promise<string> {
  const asked = { name: 'Bench', kind: 'paper', baseCurrency: 'USD', startingCash: '100000000000' };
  const { id } = await client.post<{ id: string }>('/api/v1/portfolios', asked);
  const orders = symbols.slice(0, ORDERS_PER_BATCH).map((symbol) => ({ symbol, side: 'buy', type: 'market', quantity: '5000' }));
  const { items } = await client.post<{ items: { status: number }[] }>(`/api/v1/portfolios/${id}/orders/batch`, { orders });
  if (items.some(({ status }) => status !== 201)) throw new Error(`A portfolio could not buy ${symbols.join(', ')}.`);
  return id;
}

/** What trades in US dollars, by symbol. */
export async function listSymbols(client: Client): Promise<readonly string[]> {
  const { items } = await client.get<{ items: { symbol: string; currency: string }[] }>('/api/v1/instruments?limit=500');
  return items.filter(({ currency }) => currency === 'USD').map(({ symbol }) => symbol);
}

/** As place-orders.lua reads them. */
export function writeTargets(file: string, targets: readonly Target[]): void {
  writeFileSync(file, targets.map(({ portfolioId, token, symbols }) => `${portfolioId} ${token} ${symbols.join(',')}\n`).join(''));
}
