/**
 * One round of what must never lose or double an order: many clients place orders at once, something is killed in the middle, it comes
 * back, and every client asks again for what it was answered and repeats what it was not.
 */
import { randomUUID } from 'node:crypto';

export interface CrashedServer {
  /** Where it listens now. */
  url(): string;
  /** Kills something while orders are under way, and resolves when the server answers again. */
  crash(): Promise<void>;
}

export interface CrashTally {
  /** Orders that were answered with 2xx before the crash. */
  readonly answered: number;
  /** Orders whose answer the crash took. */
  readonly unanswered: number;
  /** Keys of orders that were answered and are not there any more, or not the same. */
  readonly lost: readonly string[];
  /** Keys that stand for more than one order or had their effect more than once. */
  readonly doubled: readonly string[];
}

export interface CrashRound {
  readonly server: CrashedServer;
  /** An access token that outlives the crash. */
  readonly token: string;
  readonly clients: number;
  readonly portfolios: number;
  /** The crash comes once so many orders were answered. */
  readonly crashAfter: number;
}

interface Wish {
  readonly portfolioId: string;
  readonly key: string;
  /** By header besides: both ways of asking once. */
  readonly withHeader: boolean;
}

interface Answered extends Wish {
  readonly orderId: string;
}

export async function crashRound(round: CrashRound): Promise<CrashTally> {
  const ask = createAsker(round);
  const portfolios: string[] = [];
  for (let at = 0; at < round.portfolios; at += 1)
    portfolios.push((await ask<{ id: string }>('portfolios', { body: { name: `Crash ${at}`, kind: 'paper' } })).id);
  const { answered, unanswered } = await placeUntilCrash(round, ask, portfolios);
  const lost = new Set<string>();
  const doubled = new Set<string>();
  for (const { orderId, ...wish } of answered) {
    const found = await ask<{ items: { id: string }[] }>(`portfolios/${wish.portfolioId}/orders?clientOrderId=${wish.key}`);
    if (!found.items.some(({ id }) => id === orderId)) lost.add(wish.key);
    if (found.items.length > 1) doubled.add(wish.key);
    if ((await place(ask, wish)) !== orderId) doubled.add(wish.key);
  }
  // Whether the first try had its effect nobody knows: the second and the third must be one order all the same.
  for (const wish of unanswered) if ((await place(ask, wish)) !== (await place(ask, wish))) doubled.add(wish.key);
  for (const portfolioId of portfolios) {
    const wishes = [...answered, ...unanswered].filter((wish) => wish.portfolioId === portfolioId).length;
    const held = await ask<{ items: { quantity: string }[] }>(`portfolios/${portfolioId}/positions`);
    // Each wish buys one share, once.
    const shares = Number(held.items[0]?.quantity ?? '0');
    if (shares < wishes) lost.add(`${wishes - shares} shares of ${portfolioId}`);
    if (shares > wishes) doubled.add(`${shares - wishes} shares of ${portfolioId}`);
  }
  return { answered: answered.length, unanswered: unanswered.length, lost: [...lost], doubled: [...doubled] };
}

type Asker = ReturnType<typeof createAsker>;

async function placeUntilCrash(round: CrashRound, ask: Asker, portfolios: readonly string[]) {
  const answered: Answered[] = [];
  const unanswered: Wish[] = [];
  const state: { crash: Promise<void> | null } = { crash: null };
  const client = async (number: number): Promise<void> => {
    for (let placed = 0; state.crash === null; placed += 1) {
      const wish = {
        portfolioId: portfolios[(number + placed) % portfolios.length] ?? '',
        key: randomUUID(),
        withHeader: placed % 2 === 0,
      };
      const orderId = await place(ask, wish).catch(() => null);
      if (orderId === null) unanswered.push(wish);
      else answered.push({ ...wish, orderId });
      // In the middle of what the other clients have under way.
      if (answered.length >= round.crashAfter) state.crash ??= round.server.crash();
    }
  };
  await Promise.all(Array.from({ length: round.clients }, (_, number) => client(number)));
  await state.crash;
  return { answered, unanswered };
}

/** The id of the order. Throws when there is no 2xx answer. */
async function place(ask: Asker, { portfolioId, key, withHeader }: Wish): Promise<string> {
  const body = { symbol: 'AAPL', side: 'buy', type: 'market', quantity: '1', clientOrderId: key };
  return (await ask<{ id: string }>(`portfolios/${portfolioId}/orders`, { body, key: withHeader ? key : undefined })).id;
}

/** A client that sends with a body what is sent, and throws for every answer that is no 2xx. */
function createAsker({ server, token }: Pick<CrashRound, 'server' | 'token'>) {
  return async <Answer>(path: string, sent: { readonly body?: object; readonly key?: string | undefined } = {}): Promise<Answer> => {
    const { body, key } = sent;
    const answer = await fetch(`${server.url()}/api/v1/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as Answer;
  };
}
