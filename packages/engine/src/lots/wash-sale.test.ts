import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, decimal, formatDecimal, subtract, sum, ZERO, type Decimal } from '../money/index.ts';
import { openLotBook, tradeLots, washSales, type Acquisition, type RealizedGain } from './index.ts';

type Row = readonly [on: number, side: 'buy' | 'sell', quantity: string, amount: string];

/** Trades a small ledger first-in-first-out and looks at it with the rule's eyes. Lots are called by their row, a, b, c … */
function washed(rows: readonly Row[]) {
  const book = openLotBook('fifo');
  const gains: RealizedGain[] = [];
  const acquisitions: Acquisition[] = [];
  rows.forEach(([on, side, quantityText, amountText], index) => {
    const [quantity, amount] = [decimal(quantityText), decimal(amountText)];
    const id = String.fromCharCode(97 + index);
    if (side === 'buy') acquisitions.push({ lotId: id, acquiredOn: on, quantity });
    const change = tradeLots(book, { id, on, side, quantity, amount, baseAmount: amount });
    if ('gains' in change) gains.push(...change.gains);
  });
  return { ...washSales(gains, acquisitions), plain: gains };
}

const shown = ({ gains, additions }: ReturnType<typeof washed>): string[] => [
  ...gains.map(
    (row) =>
      `${row.gain.lotId} ${formatDecimal(row.quantity)} recognized ${formatDecimal(row.recognizedGain)} ${row.term ?? ''}, disallowed ${formatDecimal(row.disallowedLoss)}`,
  ),
  ...additions.map(
    ({ lotId, quantity, amount, daysTacked }) => `${lotId} ${formatDecimal(quantity)} + ${formatDecimal(amount)}, ${daysTacked} days`,
  ),
];

describe('a wash sale', () => {
  it('moves the loss into the shares bought again (IRS VITA example: loss 250, bought again for 800, cost 1,050)', () => {
    expect(
      shown(
        washed([
          [0, 'buy', '100', '1000'],
          [40, 'sell', '100', '750'],
          [50, 'buy', '100', '800'],
        ]),
      ),
    ).toEqual([
      // prettier-ignore
      'a 100 recognized 0 short, disallowed 250',
      'c 100 + 250, 40 days',
    ]);
  });

  it('reaches 30 days back and forth, and not 31', () => {
    const sold: Row[] = [[100, 'sell', '10', '50']];
    const after = (on: number) => shown(washed([[0, 'buy', '10', '100'], ...sold, [on, 'buy', '10', '50']]))[0]; // prettier-ignore
    expect([after(130), after(131)]).toEqual(['a 10 recognized 0 short, disallowed 50', 'a 10 recognized -50 short, disallowed 0']);
    const before = (on: number) => shown(washed([[0, 'buy', '10', '100'], [on, 'buy', '10', '50'], ...sold]))[0]; // prettier-ignore
    expect([before(70), before(69)]).toEqual(['a 10 recognized 0 short, disallowed 50', 'a 10 recognized -50 short, disallowed 0']);
  });

  it('goes only as far as there are replacements: 150 of 200 sold, 50 left, 50 washed', () => {
    // Bought 20 days before at 10, sold at 8: a loss of 2 a share.
    expect(
      shown(
        washed([
          [0, 'buy', '200', '2000'],
          [20, 'sell', '150', '1200'],
        ]),
      ),
    ).toEqual([
      // prettier-ignore
      'a 150 recognized -200 short, disallowed 100',
      'a 50 + 100, 20 days',
    ]);
  });

  it('uses a replacement once', () => {
    const rows: Row[] = [[0, 'buy', '10', '100'], [0, 'buy', '10', '100'], [40, 'sell', '10', '50'], [41, 'sell', '10', '50'], [45, 'buy', '10', '60']]; // prettier-ignore
    expect(shown(washed(rows)).slice(0, 2)).toEqual(['a 10 recognized 0 short, disallowed 50', 'b 10 recognized -50 short, disallowed 0']);
  });

  it('carries the loss and the days through to the sale of the replacement', () => {
    // Loss 50 on a; c costs 60 + 50; sold for 120 it gains 10, long-term with 300 inherited days: 300 + 70 > 366.
    const rows: Row[] = [[0, 'buy', '10', '100'], [300, 'sell', '10', '50'], [310, 'buy', '10', '60'], [380, 'sell', '10', '120']]; // prettier-ignore
    expect(shown(washed(rows))).toEqual(['a 10 recognized 0 short, disallowed 50', 'c 10 recognized 10 long, disallowed 0']);
  });

  it('splits a later sale where the inherited loss ends', () => {
    // c is 10 shares, 4 of them replacing: 4 carry 4 * 5 = 20 and cost 24 + 20 = 44.
    const rows: Row[] = [[0, 'buy', '4', '40'], [100, 'sell', '4', '20'], [110, 'buy', '10', '60'], [200, 'sell', '10', '100']]; // prettier-ignore
    expect(shown(washed(rows)).slice(1)).toEqual(['c 4 recognized -4 short, disallowed 0', 'c 6 recognized 24 short, disallowed 0']);
  });

  it('never creates or loses gain: recognized gain less what additions still hold is the plain gain', () => {
    const row = fc.record({
      buy: fc.boolean(),
      days: fc.integer({ min: 0, max: 25 }),
      quantity: fc.integer({ min: 1, max: 20 }),
      amount: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 25 }), (drawn) => {
        let on = 0;
        const rows = drawn.map(({ buy, days, quantity, amount }): Row => [
          (on += days),
          buy ? 'buy' : 'sell',
          String(quantity),
          String(amount),
        ]);
        const { gains, additions, plain } = washed(rows);
        const recognized = sum(gains.map(({ recognizedGain }) => recognizedGain));
        const waiting = sum(additions.map(({ amount }): Decimal => amount));
        expect(subtract(recognized, waiting)).toBe(sum(plain.map(({ gain }) => gain)));
        for (const part of gains) {
          expect(part.disallowedLoss >= 0n).toBe(true);
          if (part.disallowedLoss > 0n) expect(part.recognizedGain <= 0n).toBe(true);
          expect(add(subtract(part.proceeds, part.adjustedCost), part.disallowedLoss)).toBe(part.recognizedGain);
        }
        expect(additions.every(({ quantity }) => quantity > ZERO)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
