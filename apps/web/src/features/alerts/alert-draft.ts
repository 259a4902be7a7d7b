import { decimal, divide, formatDecimal, multiply, parseDecimal } from '@holdfast/engine/money';
import type { Alert, AlertChange, AlertCondition, NewAlert } from '@holdfast/sdk';

/** Conditions as they are offered, in this order. */
export const INSTRUMENT_CONDITIONS = [
  'priceAbove',
  'priceBelow',
  'crosses',
  'crossesUp',
  'crossesDown',
  'percentChange',
  'marketMove',
  'newHigh',
  'newLow',
  'volumeAbove',
  'averageCross',
  'rsiCross',
] as const satisfies readonly AlertCondition[];
export const PORTFOLIO_CONDITIONS = [
  'portfolioValueAbove',
  'portfolioValueBelow',
  'portfolioDayChange',
  'positionWeightAbove',
  'positionWeightBelow',
] as const satisfies readonly AlertCondition[];

export const CHANNELS = ['inApp', 'email', 'webhook', 'push'] as const satisfies readonly Alert['channels'][number][];
export const DIRECTIONS = ['either', 'up', 'down'] as const;
export const REFERENCES = ['previousClose', 'window', 'reference'] as const;
export const INTERVALS = ['5m', '15m', '1h', '1d'] as const;
export const COOLDOWNS = [0, 300, 3600, 86_400] as const;

/** An alert as it is being written. Figures are decimal text; percentages count in per cent, weights too. */
export interface AlertDraft {
  readonly condition: AlertCondition;
  /** Whether a condition of instruments asks about one, or about all of a watchlist. */
  readonly about: 'symbol' | 'watchlist';
  readonly symbol: string;
  readonly watchlistId: string;
  readonly watchlistName: string;
  readonly currency: string;
  readonly portfolioId: string;
  readonly threshold: string;
  readonly direction: (typeof DIRECTIONS)[number];
  readonly against: (typeof REFERENCES)[number];
  readonly window: string;
  readonly reference: string;
  readonly average: 'sma' | 'ema';
  readonly period: string;
  readonly interval: (typeof INTERVALS)[number];
  readonly repeat: Alert['repeat'];
  readonly cooldownSeconds: number;
  readonly channels: readonly Alert['channels'][number][];
  /** A day, the last on which it asks; empty for ever. */
  readonly expiresOn: string;
  readonly note: string;
}

export const EMPTY_DRAFT: AlertDraft = {
  condition: 'priceAbove',
  about: 'symbol',
  symbol: '',
  watchlistId: '',
  watchlistName: '',
  currency: '',
  portfolioId: '',
  threshold: '',
  direction: 'either',
  against: 'previousClose',
  window: '1h',
  reference: '',
  average: 'sma',
  period: '50',
  interval: '1d',
  repeat: 'once',
  cooldownSeconds: 0,
  channels: CHANNELS,
  expiresOn: '',
  note: '',
};

export type DraftField = 'symbol' | 'portfolioId' | 'threshold' | 'direction' | 'against' | 'days' | 'average' | 'period' | 'interval';

/** What a condition asks for, in the order of the form. */
export function fieldsOf(condition: AlertCondition): readonly DraftField[] {
  switch (condition) {
    case 'priceAbove':
    case 'priceBelow':
    case 'crosses':
    case 'crossesUp':
    case 'crossesDown':
    case 'volumeAbove':
      return ['symbol', 'threshold'];
    case 'percentChange':
      return ['symbol', 'threshold', 'direction', 'against'];
    case 'averageCross':
      return ['symbol', 'average', 'period', 'interval', 'direction'];
    case 'rsiCross':
      return ['symbol', 'threshold', 'period', 'interval', 'direction'];
    case 'newHigh':
    case 'newLow':
      return ['symbol', 'days'];
    case 'marketMove':
      return ['symbol', 'threshold'];
    case 'portfolioValueAbove':
    case 'portfolioValueBelow':
      return ['portfolioId', 'threshold'];
    case 'portfolioDayChange':
      return ['portfolioId', 'threshold', 'direction'];
    case 'positionWeightAbove':
    case 'positionWeightBelow':
      return ['portfolioId', 'symbol', 'threshold'];
  }
}

export type ThresholdUnit = 'price' | 'money' | 'percent' | 'count';

/** What the threshold of a condition counts. */
export function unitOf(condition: AlertCondition): ThresholdUnit {
  if (condition === 'volumeAbove' || condition === 'rsiCross') return 'count';
  if (condition === 'portfolioValueAbove' || condition === 'portfolioValueBelow') return 'money';
  if (condition === 'percentChange' || condition === 'marketMove' || condition === 'portfolioDayChange' || isWeight(condition))
    return 'percent';
  return 'price';
}

export function isWeight(condition: AlertCondition): boolean {
  return condition === 'positionWeightAbove' || condition === 'positionWeightBelow';
}

export type DraftProblems = Partial<
  Record<'symbol' | 'watchlistId' | 'portfolioId' | 'threshold' | 'reference' | 'window' | 'period' | 'channels', true>
>;

/** The fields that cannot be sent as they are. */
export function checkDraft(draft: AlertDraft): DraftProblems {
  const fields = fieldsOf(draft.condition);
  const optional = draft.condition === 'marketMove' && draft.threshold.trim() === '';
  const problems: [keyof DraftProblems, boolean][] = [
    ['symbol', fields.includes('symbol') && !isOnWatchlist(draft) && draft.symbol === ''],
    ['watchlistId', isOnWatchlist(draft) && draft.watchlistId === ''],
    ['portfolioId', fields.includes('portfolioId') && draft.portfolioId === ''],
    ['threshold', fields.includes('threshold') && !optional && !isPositive(draft.threshold)],
    ['reference', fields.includes('against') && draft.against === 'reference' && !isPositive(draft.reference)],
    ['window', asksWindow(draft) && !(fields.includes('days') ? /^[1-9]\d{0,3}d$/ : /^[1-9]\d{0,3}[mhd]$/).test(draft.window)],
    ['period', fields.includes('period') && !(Number(draft.period) >= 2 && Number(draft.period) <= 500)],
    ['channels', draft.channels.length === 0],
  ];
  return Object.fromEntries(problems.filter(([, wrong]) => wrong).map(([name]) => [name, true]));
}

/** Whether it asks about every instrument of a watchlist. */
export function isOnWatchlist({ about, condition }: Pick<AlertDraft, 'about' | 'condition'>): boolean {
  return about === 'watchlist' && INSTRUMENT_CONDITIONS.some((one) => one === condition);
}

function asksWindow(draft: AlertDraft): boolean {
  const fields = fieldsOf(draft.condition);
  return fields.includes('days') || (fields.includes('against') && draft.against === 'window');
}

function isPositive(text: string): boolean {
  const parsed = parseDecimal(text.trim());
  return parsed !== null && parsed > 0n;
}

/** What is sent of a draft that has no problems. */
export function toChange(draft: AlertDraft): AlertChange {
  const fields = fieldsOf(draft.condition);
  const has = (field: DraftField): boolean => fields.includes(field);
  return {
    ...(has('threshold') && draft.threshold.trim() !== '' ? { threshold: thresholdOf(draft) } : {}),
    ...(has('direction') ? { direction: draft.direction } : {}),
    ...(asksWindow(draft) ? { window: draft.window } : {}),
    ...(has('against') && draft.against === 'reference' ? { reference: draft.reference } : {}),
    ...(has('average') ? { average: draft.average } : {}),
    ...(has('period') ? { period: Number(draft.period) } : {}),
    ...(has('interval') ? { interval: draft.interval } : {}),
    repeat: draft.repeat,
    cooldownSeconds: draft.repeat === 'once' ? 0 : draft.cooldownSeconds,
    channels: [...draft.channels],
    expiresAt: draft.expiresOn === '' ? null : new Date(`${draft.expiresOn}T23:59:59.999`).toISOString(),
    note: draft.note.trim(),
  };
}

export function toNewAlert(draft: AlertDraft): NewAlert {
  const fields = fieldsOf(draft.condition);
  return {
    condition: draft.condition,
    ...(fields.includes('symbol') ? (isOnWatchlist(draft) ? { watchlistId: draft.watchlistId } : { symbol: draft.symbol }) : {}),
    ...(fields.includes('portfolioId') ? { portfolioId: draft.portfolioId } : {}),
    ...toChange(draft),
  };
}

const HUNDRED = decimal('100');

function thresholdOf({ condition, threshold }: AlertDraft): string {
  return isWeight(condition) ? formatDecimal(divide(decimal(threshold), HUNDRED)) : threshold.trim();
}

/** A standing alert, to be changed. */
export function draftOf(alert: Alert): AlertDraft {
  const { threshold } = alert;
  const shown = threshold === null ? '' : isWeight(alert.condition) ? formatDecimal(multiply(decimal(threshold), HUNDRED)) : threshold;
  return {
    ...EMPTY_DRAFT,
    condition: alert.condition,
    about: alert.watchlistId === null ? 'symbol' : 'watchlist',
    symbol: alert.symbol ?? '',
    watchlistId: alert.watchlistId ?? '',
    watchlistName: alert.watchlistName ?? '',
    currency: alert.currency ?? '',
    portfolioId: alert.portfolioId ?? '',
    threshold: shown,
    direction: alert.direction ?? EMPTY_DRAFT.direction,
    against: alert.window !== null ? 'window' : alert.reference !== null ? 'reference' : 'previousClose',
    window: alert.window ?? EMPTY_DRAFT.window,
    reference: alert.reference ?? '',
    average: alert.average ?? EMPTY_DRAFT.average,
    period: alert.period === null ? EMPTY_DRAFT.period : String(alert.period),
    interval: alert.interval ?? EMPTY_DRAFT.interval,
    repeat: alert.repeat,
    cooldownSeconds: alert.cooldownSeconds,
    channels: alert.channels,
    expiresOn: alert.expiresAt === null ? '' : localDay(new Date(alert.expiresAt)),
    note: alert.note,
  };
}

function localDay(at: Date): string {
  return [at.getFullYear(), String(at.getMonth() + 1).padStart(2, '0'), String(at.getDate()).padStart(2, '0')].join('-');
}

/** A condition of another kind begins with what suits it. */
export function withCondition(draft: AlertDraft, condition: AlertCondition): AlertDraft {
  const isRecord = condition === 'newHigh' || condition === 'newLow';
  const isSameUnit = unitOf(condition) === unitOf(draft.condition) && condition !== 'rsiCross' && draft.condition !== 'rsiCross';
  return {
    ...draft,
    condition,
    threshold: isSameUnit ? draft.threshold : condition === 'rsiCross' ? '70' : '',
    period: condition === 'rsiCross' ? '14' : condition === 'averageCross' ? '50' : draft.period,
    window: isRecord ? '252d' : draft.window.endsWith('d') ? '1h' : draft.window,
  };
}
