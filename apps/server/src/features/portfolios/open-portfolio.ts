import { journal } from '@holdfast/engine/ledger';
import { decimal, findCurrency, isNegative, isZero, roundMoney, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { BodyOf } from '@holdfast/contract';
import type { createPortfolio } from '@holdfast/contract/portfolios';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError, exactInput } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { isTimeZone } from '../../platform/time-zone.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { insertFact } from '../ledger/index.ts';
import type { PortfolioCaller } from './portfolio-caller.ts';
import { countPortfolios, findPortfolio, insertPortfolio, lockOwner } from './portfolio-store.ts';
import type { Portfolio } from './portfolio.ts';
import { mergeSettings } from './trading-settings-input.ts';

export interface PortfolioNeeds {
  readonly db: Db;
  readonly clock: Clock;
}

type Opening = BodyOf<typeof createPortfolio>;

const DEFAULT_STARTING_CASH = decimal('100000');
/** What a portfolio may begin with at most. */
export const MOST_CASH = decimal('1000000000000');
const MOST_PORTFOLIOS = 200;

export async function openPortfolio({ db, clock }: PortfolioNeeds, caller: PortfolioCaller, asked: Opening): Promise<Portfolio> {
  const baseCurrency = knownCurrency(asked.baseCurrency ?? caller.baseCurrency ?? 'USD');
  const timeZone = knownTimeZone(asked.timeZone ?? caller.timeZone ?? 'UTC');
  const paper = asked.kind === 'paper';
  if (paper && asked.cashMode === 'implied') throw invalid('cashMode', 'must be full for a paper portfolio: its cash is checked');
  if (paper && asked.costMethod === 'specific') throw invalid('costMethod', 'specific is for tracked portfolios: an order names no lots');
  if (!paper && asked.settings !== undefined) throw invalid('settings', 'are for paper portfolios: a tracked one does not trade');
  if (!paper && asked.startingCash !== undefined && asked.cashMode === 'implied') throw invalid('startingCash', 'needs cashMode full');
  const cash = startingCash(asked.startingCash, { paper, currency: baseCurrency });
  const settings = paper ? mergeSettings({}, asked.settings) : null;
  const id = newId(clock.now());
  return transact(db, async (tx) => {
    await lockOwner(tx, caller.userId);
    if ((await countPortfolios(tx, caller.userId)) >= MOST_PORTFOLIOS)
      throw new AppError('conflict', `A user keeps at most ${MOST_PORTFOLIOS} portfolios, archived ones included.`);
    const at = new Date(clock.now());
    await insertPortfolio(tx, {
      id,
      userId: caller.userId,
      name: asked.name.trim(),
      description: asked.description ?? '',
      kind: asked.kind,
      cashMode: paper ? 'full' : (asked.cashMode ?? 'full'),
      baseCurrency,
      timeZone,
      costMethod: asked.costMethod ?? 'average',
      settings: settings ?? {},
      creditLimit: settings?.creditLimit ?? null,
      isDefault: false,
      at,
      cash,
    });
    if (!isZero(cash)) await depositStartingCash(tx, { portfolioId: id, epoch: 1, currency: baseCurrency, cash, at });
    await writeAuditEntry(tx, {
      at: at.getTime(),
      actorId: caller.userId,
      action: 'portfolio.opened',
      subjectKind: 'portfolio',
      subjectId: id,
      requestId: caller.requestId,
      ip: caller.ip,
      details: { kind: asked.kind },
    });
    const made = await findPortfolio(tx, { userId: caller.userId, id });
    if (made === null) throw new Error('The portfolio just made cannot be found.');
    return made;
  });
}

/** Every account begins with one tracked portfolio whose cash is implied. */
export async function openDefaultPortfolio(
  tx: Tx,
  user: { readonly id: string; readonly baseCurrency: string; readonly timezone: string },
  now: number,
): Promise<void> {
  await insertPortfolio(tx, {
    id: newId(now),
    userId: user.id,
    name: 'My portfolio',
    description: '',
    kind: 'tracked',
    cashMode: 'implied',
    baseCurrency: user.baseCurrency,
    timeZone: user.timezone,
    costMethod: 'average',
    settings: {},
    creditLimit: null,
    isDefault: true,
    at: new Date(now),
    cash: ZERO,
  });
}

export async function depositStartingCash(
  tx: Tx,
  start: { readonly portfolioId: string; readonly epoch: number; readonly currency: string; readonly cash: Decimal; readonly at: Date },
): Promise<void> {
  const id = newId(start.at.getTime());
  const transaction = { type: 'deposit', id, tradedOn: 0, currency: start.currency, amount: start.cash, fee: ZERO } as const;
  await insertFact(tx, {
    portfolioId: start.portfolioId,
    epoch: start.epoch,
    id,
    version: 1,
    type: 'deposit',
    amount: start.cash,
    currency: start.currency,
    cashEffect: start.cash,
    tradedAt: start.at,
    recordedAt: start.at,
    note: 'Starting cash',
    source: 'cash',
    transfers: journal(transaction, { cost: ZERO }),
  });
}

export function startingCash(
  asked: string | number | undefined,
  { paper, currency }: { readonly paper: boolean; readonly currency: string },
): Decimal {
  if (asked === undefined) return paper ? DEFAULT_STARTING_CASH : ZERO;
  const cash = exactInput(asked, 'startingCash');
  if (isNegative(cash) || cash > MOST_CASH) throw invalid('startingCash', 'must be between 0 and 1,000,000,000,000');
  if (roundMoney(cash, currency) !== cash) throw invalid('startingCash', `has more decimals than ${currency} has`);
  return cash;
}

function knownCurrency(code: string): string {
  if (findCurrency(code) === null) throw invalid('baseCurrency', 'is not a currency we know: use an ISO 4217 code such as USD');
  return code;
}

export function knownTimeZone(name: string): string {
  if (!isTimeZone(name)) throw invalid('timeZone', 'is not a time zone: use an IANA name such as Europe/Berlin');
  return name;
}

function invalid(path: string, message: string): AppError {
  return new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}
