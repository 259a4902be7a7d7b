/**
 * P7 without HTTP and database: time-weighted and money-weighted return, drawdowns, months and risk of a history, from its transactions and
 * the closes of its instruments, nothing kept. Processor time of this process, so that what else the machine does hardly counts.
 *
 * Of ten transactions of an instrument nine buy two and one sells one, spread evenly over the years; closes on weekdays. The yardstick is a
 * plain loop over the same data: for each day, the quantity of each instrument times its last close, and nothing else.
 */
import { dailyValues, measurePerformance, measureRisk, timeWeighted } from '@holdfast/engine/performance';
import type { PerformanceFacts, PriceSeries } from '@holdfast/engine/performance';
import type { Transaction } from '@holdfast/engine/ledger';
import { decimalFromInteger, decimalFromNumber, toNumber, ZERO } from '@holdfast/engine/money';
import type { Period } from '@holdfast/engine/time';
import { figureOf } from './measure/figure.ts';
import type { Figure } from './measure/figure.ts';
import { absoluteOutcome } from './measure/outcome.ts';
import type { Outcome } from './measure/outcome.ts';

interface Asked {
  readonly symbols: number;
  readonly transactions: number;
  readonly years: number;
}

interface History {
  readonly facts: PerformanceFacts;
  readonly period: Period;
}

const LAST_DAY = 20_000;

export function measureEngine(rounds: number): readonly Outcome[] {
  const small = timed({ symbols: 50, transactions: 1_000, years: 5 }, rounds * 8);
  const tenfold = timed({ symbols: 500, transactions: 10_000, years: 5 }, rounds * 4);
  const large = timed({ symbols: 500, transactions: 100_000, years: 20 }, rounds * 2);
  const growth = figureOf(tenfold.engine.runs.map((took) => took / small.engine.median));
  return [
    engineOutcome('50 symbols, 1,000 transactions, 5 years', small, 10),
    engineOutcome('500 symbols, 100,000 transactions, 20 years', large, 300),
    absoluteOutcome(
      { row: 'P7', title: 'Performance in the engine, time for ten times the data', unit: 'times', goal: { atMost: 11 } },
      growth,
    ),
  ];
}

interface Timed {
  readonly engine: Figure;
  readonly loop: Figure;
}

function engineOutcome(of: string, { engine, loop }: Timed, atMost: number): Outcome {
  const notes = [`A plain loop over the same data: ${loop.median.toFixed(1)} ms.`];
  return absoluteOutcome(
    { row: 'P7', title: `Performance in the engine, ${of}, processor time`, unit: 'ms', goal: { atMost }, notes },
    engine,
  );
}

function timed(asked: Asked, rounds: number): Timed {
  const history = historyOf(asked);
  const [engine, loop]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round += 1) {
    const took = [cpuMs(() => measure(history)), cpuMs(() => plainLoop(history))];
    if (round === 0) continue;
    engine.push(took[0] ?? 0);
    loop.push(took[1] ?? 0);
  }
  return { engine: figureOf(engine), loop: figureOf(loop) };
}

function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function measure({ facts, period }: History): number {
  const daily = dailyValues(facts, period);
  const weighted = timeWeighted(daily);
  if ('code' in weighted) throw new Error(`The history has no return: ${weighted.code}.`);
  return measurePerformance(daily).capital.gain + (measureRisk(daily, weighted).volatility ?? 0);
}

function plainLoop({ facts, period }: History): number {
  const held = new Map<string, number>();
  const closes = [...facts.prices].map(([instrument, { days, closes: known }]) => ({ instrument, days, known, next: 0 }));
  let next = 0;
  let total = 0;
  for (let day = period.from; day <= period.to; day += 1) {
    for (let fact = facts.transactions[next]; fact !== undefined && fact.tradedOn <= day; fact = facts.transactions[(next += 1)]) {
      if (fact.type !== 'buy' && fact.type !== 'sell') continue;
      const quantity = toNumber(fact.quantity);
      held.set(fact.instrument, (held.get(fact.instrument) ?? 0) + (fact.type === 'buy' ? quantity : -quantity));
    }
    for (const series of closes) {
      while ((series.days[series.next + 1] ?? Infinity) <= day) series.next += 1;
      total += (held.get(series.instrument) ?? 0) * (series.known[series.next] ?? 0);
    }
  }
  return total;
}

function historyOf({ symbols, transactions: count, years }: Asked): History {
  const from = LAST_DAY - years * 365;
  const transactions = Array.from({ length: count }, (_, at): Transaction => {
    const sells = Math.floor(at / symbols) % 10 === 9;
    const amount = decimalFromNumber(Math.round((100 + at / 10_000) * (sells ? 100 : 200)) / 100) ?? ZERO;
    return {
      id: `t${at}`,
      type: sells ? 'sell' : 'buy',
      tradedOn: from + Math.floor((at * years * 365) / count),
      instrument: String(at % symbols),
      currency: 'USD',
      quantity: decimalFromInteger(sells ? 1 : 2),
      amount,
      fee: ZERO,
      tax: ZERO,
    };
  });
  const prices = new Map(Array.from({ length: symbols }, (_, symbol) => [String(symbol), closesOf(symbol, from)]));
  return { facts: { baseCurrency: 'USD', cashMode: 'implied', transactions, prices, rates: new Map() }, period: { from, to: LAST_DAY } };
}

function closesOf(symbol: number, from: number): PriceSeries {
  const days: number[] = [];
  const closes: number[] = [];
  let price = 100;
  for (let day = from - 7; day <= LAST_DAY; day += 1) {
    // Day 0 was a Thursday.
    if ((day + 3) % 7 > 4) continue;
    price *= 1 + Math.sin(day * (symbol + 1)) / 100;
    days.push(day);
    closes.push(price);
  }
  return { days: Int32Array.from(days), closes: Float64Array.from(closes) };
}
