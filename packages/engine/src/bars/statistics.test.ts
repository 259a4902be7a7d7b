import { describe, expect, test } from 'vitest';
import { priceStatistics, sampleDeviation } from './index.ts';

describe('priceStatistics', () => {
  test('of four closes', () => {
    const statistics = priceStatistics(Float64Array.of(100, 110, 99, 103));
    // Mean 412 / 4 = 103; squares 9 + 49 + 16 + 0 = 74, sd = sqrt(74 / 3) = 4.966555.
    // Returns 0.1, -0.1, 0.040404: mean 0.0134680, squares 0.0074877 + 0.0128750 + 0.0007255 = 0.0210882, sd = sqrt(0.0105441) = 0.102684,
    // times sqrt(252) = 15.874508 gives 1.630062.
    expect(statistics).toMatchObject({ count: 4, minimum: 99, maximum: 110, average: 103 });
    expect(statistics?.standardDeviation).toBeCloseTo(4.966555, 6);
    expect(statistics?.annualizedReturnVolatility).toBeCloseTo(1.630062, 4);
  });

  test('of one price there is no deviation, of none there is nothing', () => {
    expect(priceStatistics(Float64Array.of(5))).toEqual({
      count: 1,
      minimum: 5,
      maximum: 5,
      average: 5,
      standardDeviation: null,
      annualizedReturnVolatility: null,
    });
    expect(priceStatistics(new Float64Array())).toBeNull();
    expect(sampleDeviation(Float64Array.of(2, 4))).toBeCloseTo(Math.SQRT2, 12);
  });

  test('a price of 0 has no return after it', () => {
    // 0 to 10 is no return; 10 to 11 and 11 to 12.1 are both 10 %.
    expect(priceStatistics(Float64Array.of(0, 10, 11, 12.1))?.annualizedReturnVolatility).toBeCloseTo(0, 9);
  });
});
