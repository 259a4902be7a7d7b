/** Rebuilds one portfolio from its facts and tells every difference to what is stored. */
import { formatDecimal, isZero, ZERO } from '@holdfast/engine/money';
import type pg from 'pg';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { InstrumentBook } from '../instruments/index.ts';
import { checkOrder, nothingHeldBack } from './check-orders.ts';
import type { HeldBack } from './check-orders.ts';
import { checkCash, checkPosition } from './check-positions.ts';
import { differIf, plain } from './difference.ts';
import type { Differ } from './difference.ts';
import { holdingKey, rebuildFromFacts } from './rebuild-from-facts.ts';
import type { FactsRebuild } from './rebuild-from-facts.ts';
import {
  findLastEvent,
  findStoredHead,
  streamBrokenChains,
  streamEventGaps,
  streamFacts,
  streamOrders,
  streamPositions,
  streamStrayEntries,
} from './rebuild-store.ts';
import type { StoredHead, StoredPosition } from './rebuild-store.ts';

export interface AuditedPortfolio {
  readonly id: string;
  readonly differ: Differ;
  /** Called once per transaction. */
  readonly onTransaction: () => void;
}

export interface PortfolioAuditNeeds {
  readonly instruments: InstrumentBook;
  readonly rates: ExchangeRates;
}

/** Reads on the client, in a snapshot. False when there is no such portfolio (any more). */
export async function auditPortfolio(needs: PortfolioAuditNeeds, client: pg.PoolClient, asked: AuditedPortfolio): Promise<boolean> {
  const { id, differ } = asked;
  const head = await findStoredHead(client, id);
  if (head === null) return false;
  const facts = rebuildFromFacts({ head, rates: needs.rates, differ });
  for await (const fact of streamFacts(client, id)) {
    facts.add(fact);
    asked.onTransaction();
  }
  for await (const { transaction_id: of, currency, account, amount } of streamStrayEntries(client, id)) {
    facts.addStray([currency, account, amount]);
    differ(`ledger of transaction ${of}: ${currency} ${account}`, plain(amount), 'nothing: there is no such transaction');
  }
  for (const [currency, sum] of facts.ledgerSums) if (!isZero(sum)) differ(`ledger sum ${currency}`, formatDecimal(sum), '0');
  for await (const { id: of, versions, present } of streamBrokenChains(client, id))
    differ(`transaction ${of}: versions`, `${versions}; present: ${present}`, 'from 1 without gaps; present: the last');
  const heldBack = nothingHeldBack();
  for await (const order of streamOrders(client, id)) checkOrder(order, heldBack, differ);
  await checkEventNumbers(client, head, differ);
  checkHead(head, { facts, heldBack }, differ);
  await checkPositions({ ...needs, client, differ }, head, { facts, heldBack });
  return true;
}

interface Rebuilt {
  readonly facts: FactsRebuild;
  readonly heldBack: HeldBack;
}

function checkHead(head: StoredHead, { facts, heldBack }: Rebuilt, differ: Differ): void {
  checkCash(new Map([[head.base_currency, head.cash], ...head.foreign_cash]), facts.cash, differ);
  differIf(differ, `cash ${head.base_currency}: reserved`, [head.reserved, heldBack.cash]);
}

async function checkEventNumbers(client: pg.PoolClient, head: StoredHead, differ: Differ): Promise<void> {
  for await (const { sequence, expected } of streamEventGaps(client, head.id))
    differ(`order events: number after ${expected - 1}`, `${sequence}`, `${expected}`);
  const last = await findLastEvent(client, head.id);
  if (head.event_sequence !== last) differ('order events: number of the last', `${head.event_sequence}`, `${last}`);
}

async function checkPositions(
  { instruments, client, differ }: PortfolioAuditNeeds & { readonly client: pg.PoolClient; readonly differ: Differ },
  head: StoredHead,
  { facts, heldBack }: Rebuilt,
): Promise<void> {
  const left = new Set([...facts.holdingKeys, ...heldBack.quantities.keys()]);
  const check = (key: string, stored: StoredPosition | undefined): void => {
    left.delete(key);
    const [epoch = '', instrumentKey = ''] = key.split(' ');
    const instrument = instruments.byKey(Number(instrumentKey));
    const symbol = instrument === null ? `of instrument ${instrumentKey}` : symbolOf(instrument);
    const name = `position ${symbol}${epoch === String(head.epoch) ? '' : ` of epoch ${epoch}`}`;
    checkPosition(stored, { name, holding: facts.holding(key), reserved: heldBack.quantities.get(key) ?? ZERO }, differ);
  };
  for await (const stored of streamPositions(client, head.id)) check(holdingKey(stored.epoch, stored.instrument_key), stored);
  for (const key of left) check(key, undefined);
}
