import { expect, test } from 'vitest';
import { decimal } from '../money/index.ts';
import { marginStanding, NO_MARGIN_CALL } from './margin.ts';

const standing = (below: boolean, low: boolean) => ({ belowMaintenance: below, creditLow: low });

test.each([
  // equity, exposure, cash, free cash, limit, stood before, outcome
  ['300', '1000', '-700', '300', '1000', NO_MARGIN_CALL, standing(false, false)],
  // A quarter of 1,000 is 250: at it is not below it.
  ['250', '950', '-700', '300', '1000', NO_MARGIN_CALL, standing(false, false)],
  ['250', '1000', '-750', '250', '1000', NO_MARGIN_CALL, standing(false, false)],
  ['249.99', '1000', '-750.01', '249.99', '1000', NO_MARGIN_CALL, standing(true, false)],
  // It stays below until 30 %, and not one cent less.
  ['299.99', '1000', '-700.01', '299.99', '1000', standing(true, false), standing(true, false)],
  ['300', '1000', '-700', '300', '1000', standing(true, false), standing(false, false)],
  // A fifth of 1,000 of credit is 200; cleared at a quarter.
  ['900', '1700', '-800', '200', '1000', NO_MARGIN_CALL, standing(false, false)],
  ['900', '1700.01', '-800.01', '199.99', '1000', NO_MARGIN_CALL, standing(false, true)],
  ['900', '1650.01', '-750.01', '249.99', '1000', standing(false, true), standing(false, true)],
  ['900', '1650', '-750', '250', '1000', standing(false, true), standing(false, false)],
  // Nothing is borrowed: orders may hold back what they like.
  ['1000', '900', '100', '50', '1000', NO_MARGIN_CALL, standing(false, false)],
  ['10', '1000', '0', '1000', '1000', standing(true, true), standing(false, false)],
  // All is sold at a loss and money is owed.
  ['-5', '0', '-5', '995', '1000', NO_MARGIN_CALL, standing(true, false)],
] as const)('equity %s of %s, cash %s, free %s of credit %s', (equity, exposure, cash, freeCash, creditLimit, before, outcome) => {
  const figures = {
    ...{ equity: decimal(equity), exposure: decimal(exposure), cash: decimal(cash), freeCash: decimal(freeCash) },
    creditLimit: decimal(creditLimit),
  };
  expect(marginStanding(figures, before)).toEqual(outcome);
});
