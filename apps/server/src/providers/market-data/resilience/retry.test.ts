import { expect, test } from 'vitest';
import { ProviderError } from '../provider-error.ts';
import { withRetries } from './retry.ts';

function failing(times: number, fault: 'timeout' | 'throttled' | 'malformed', random = 0) {
  const waits: number[] = [];
  let tried = 0;
  const outcome = withRetries(
    async () => {
      tried += 1;
      if (tried <= times) throw new ProviderError('vendor', fault, { message: 'no' });
      return 'yes';
    },
    { wait: async (milliseconds) => void waits.push(milliseconds), random: () => random },
  );
  return outcome.then(
    (answer) => ({ answer, waits, tried }),
    (error: ProviderError) => ({ answer: error.fault, waits, tried }),
  );
}

test.each([
  [0, 'timeout', 0, { answer: 'yes', waits: [], tried: 1 }],
  [1, 'timeout', 0, { answer: 'yes', waits: [500], tried: 2 }],
  // 500 x (1 - 0.5 / 2) = 375, 1000 x 0.75 = 750.
  [2, 'timeout', 0.5, { answer: 'yes', waits: [375, 750], tried: 3 }],
  [3, 'timeout', 0, { answer: 'timeout', waits: [500, 1000], tried: 3 }],
  [1, 'throttled', 0, { answer: 'throttled', waits: [], tried: 1 }],
  [1, 'malformed', 0, { answer: 'malformed', waits: [], tried: 1 }],
] as const)('%i failures of %s with chance %d', async (times, fault, random, expected) => {
  expect(await failing(times, fault, random)).toEqual(expected);
});
