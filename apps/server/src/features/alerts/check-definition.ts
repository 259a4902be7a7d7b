/** What an alert may ask: which figures each condition takes, and what they may be. Each refusal names the field. */
import type { AlertChange, AlertCondition } from '@holdfast/contract/alerts';
import { compare, decimal, formatDecimal, isPositive } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { AppError, exactInput } from '../../platform/http/index.ts';
import { windowMs } from './alert.ts';
import type { AlertParameters } from './alert.ts';

/** The figures of a condition as sent. */
export type DefinitionAsked = Pick<AlertChange, keyof AlertParameters>;

type Field = keyof AlertParameters;

const TAKES: Readonly<Record<AlertCondition, readonly Field[]>> = {
  priceAbove: ['threshold'],
  priceBelow: ['threshold'],
  crosses: ['threshold'],
  crossesUp: ['threshold'],
  crossesDown: ['threshold'],
  percentChange: ['threshold', 'direction', 'window', 'reference'],
  volumeAbove: ['threshold'],
  averageCross: ['average', 'period', 'interval', 'direction'],
  rsiCross: ['threshold', 'period', 'interval', 'direction'],
  newHigh: ['window'],
  newLow: ['window'],
  marketMove: ['threshold', 'sigmas'],
  portfolioValueAbove: ['threshold'],
  portfolioValueBelow: ['threshold'],
  portfolioDayChange: ['threshold', 'direction'],
  positionWeightAbove: ['threshold'],
  positionWeightBelow: ['threshold'],
};

/** What holds where nothing is said. */
const DEFAULTS: Readonly<Partial<Record<AlertCondition, AlertParameters>>> = {
  percentChange: { direction: 'either' },
  averageCross: { average: 'sma', period: 50, interval: '1d', direction: 'either' },
  rsiCross: { period: 14, interval: '1d', direction: 'either' },
  newHigh: { window: '252d' },
  newLow: { window: '252d' },
  portfolioDayChange: { direction: 'either' },
};

const LARGEST = decimal('1000000000000');
const DAY_MS = 86_400_000;
const LONGEST_WINDOW_DAYS = 30;
const LONGEST_RECORD_DAYS = 3_650;

/** The figures as they are kept, with the defaults. Throws `invalid_value`. */
export function checkDefinition(condition: AlertCondition, asked: DefinitionAsked): AlertParameters {
  const takes = TAKES[condition];
  for (const field of FIELDS) if (asked[field] !== undefined && !takes.includes(field)) throw invalid(field, `is not for ${condition}`);
  const { threshold, reference, sigmas, ...rest } = asked;
  const parameters: AlertParameters = {
    ...DEFAULTS[condition],
    ...defined(rest),
    ...(threshold === undefined ? {} : { threshold: figure(threshold, 'threshold') }),
    ...(reference === undefined ? {} : { reference: figure(reference, 'reference') }),
    ...(sigmas === undefined ? {} : { sigmas: figure(sigmas, 'sigmas') }),
  };
  if (takes.includes('threshold') && condition !== 'marketMove') checkThreshold(condition, parameters.threshold);
  checkWindow(condition, parameters);
  return parameters;
}

const FIELDS: readonly Field[] = ['threshold', 'direction', 'window', 'reference', 'average', 'period', 'interval', 'sigmas'];

function checkThreshold(condition: AlertCondition, threshold: string | undefined): void {
  if (threshold === undefined) throw invalid('threshold', 'is required');
  const most = MOST[condition];
  if (most !== undefined && compare(decimal(threshold), most) >= 0)
    throw invalid(
      'threshold',
      `must be less than ${formatDecimal(most)}${condition === 'rsiCross' ? '' : ': it is a fraction, 0.25 is a quarter'}`,
    );
}

const MOST: Readonly<Partial<Record<AlertCondition, Decimal>>> = {
  rsiCross: decimal('100'),
  positionWeightAbove: decimal('1'),
  positionWeightBelow: decimal('1'),
};

function checkWindow(condition: AlertCondition, { window, reference }: AlertParameters): void {
  if (window === undefined) return;
  if (reference !== undefined) throw invalid('window', 'does not go together with a reference price');
  if (condition !== 'percentChange') {
    if (!window.endsWith('d')) throw invalid('window', `is counted in days for ${condition}, such as 252d`);
    if (windowMs(window) > LONGEST_RECORD_DAYS * DAY_MS) throw invalid('window', `may be ${LONGEST_RECORD_DAYS}d at most`);
  } else if (windowMs(window) > LONGEST_WINDOW_DAYS * DAY_MS) throw invalid('window', `may be ${LONGEST_WINDOW_DAYS}d at most`);
}

/** A positive figure of at most 1,000,000,000,000, as text. */
export function figure(value: string | number, path: string): string {
  const exact = exactInput(value, path);
  if (!isPositive(exact)) throw invalid(path, 'must be more than 0');
  if (compare(exact, LARGEST) > 0) throw invalid(path, 'is more than 1,000,000,000,000');
  return formatDecimal(exact);
}

export function invalid(path: string, message: string): AppError {
  return new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}

function defined<Values extends object>(values: Values): { [Key in keyof Values]?: Exclude<Values[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
