import type { BodyOf } from '@holdfast/contract';
import type { putAllocationTargets as contract } from '@holdfast/contract/allocation';
import { ASSET_CLASSES } from '@holdfast/engine/instruments';
import { formatDecimal, isNegative, isZero, ONE, sum } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { AppError, exactInput } from '../../platform/http/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { InstrumentBook } from '../instruments/index.ts';
import { lockHead } from '../portfolios/index.ts';
import { CASH_KEY } from '../positions/index.ts';
import type { AllocationKey } from '../positions/index.ts';
import { replaceTargets } from './target-store.ts';

export interface TargetNeeds {
  readonly db: Db;
  readonly instruments: InstrumentBook;
}

/** Throws `invalid_value` where targets are negative, named twice or more than the whole, `unknown_symbol` for what cannot be held. */
export async function setTargets(
  { db, instruments }: TargetNeeds,
  owner: { readonly userId: string; readonly portfolioId: string },
  { by, targets }: BodyOf<typeof contract>,
): Promise<void> {
  const wanted = new Map<string, Decimal>();
  targets.forEach(({ key: written, target }, index) => {
    const path = `targets/${index}`;
    const key = knownKey(instruments, { by, written: written.trim(), userId: owner.userId }, `${path}/key`);
    const fraction = exactInput(target, `${path}/target`);
    if (isNegative(fraction)) throw invalid(`${path}/target`, 'must not be negative');
    if (wanted.has(key)) throw invalid(`${path}/key`, `names ${key} a second time`);
    if (!isZero(fraction)) wanted.set(key, fraction);
  });
  const whole = sum([...wanted.values()]);
  if (whole > ONE) throw invalid('targets', `add up to ${formatDecimal(whole)}, and the whole is 1`);
  await transact(db, async (tx) => {
    await lockHead(tx, owner.portfolioId);
    await replaceTargets(tx, { portfolioId: owner.portfolioId, by }, wanted);
  });
}

interface WrittenKey {
  readonly by: AllocationKey;
  readonly written: string;
  readonly userId: string;
}

/** Symbols as positions name them, so that `aapl` and `AAPL` are one. */
function knownKey(instruments: InstrumentBook, { by, written, userId }: WrittenKey, path: string): string {
  if (written === CASH_KEY) return written;
  if (by === 'assetClass' && !ASSET_CLASSES.some((known) => known === written))
    throw invalid(path, `must be one of ${ASSET_CLASSES.join(', ')}`);
  if (by !== 'symbol') return written;
  const instrument = instruments.resolve(written, userId);
  if (instrument === null) throw new AppError('unknown_symbol', `No instrument has the symbol ${written.toUpperCase()}.`);
  return symbolOf(instrument);
}

function invalid(path: string, message: string): AppError {
  return new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}
