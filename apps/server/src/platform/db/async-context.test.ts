import { expect, test } from 'vitest';
import { createAsyncContext } from './async-context.ts';

const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

test('the value follows the work through all it awaits, and nobody else sees it', async () => {
  const context = createAsyncContext<string>();
  const seen: (string | undefined)[] = [];
  const work = async () => {
    await turn();
    await Promise.all([turn(), Promise.resolve()]);
    seen.push(context.get());
  };
  const beside = (async () => {
    await turn();
    seen.push(context.get());
  })();
  await Promise.all([context.run('one', work), context.run('two', work), beside]);
  expect(seen.sort()).toEqual(['one', 'two', undefined]);
});

test('it is there again after a time without any work, and inner work has its own', async () => {
  const context = createAsyncContext<number>();
  for (const value of [1, 2, 3]) {
    expect(context.get()).toBeUndefined();
    const inner = await context.run(value, async () => {
      await turn();
      const own = await context.run(value * 10, async () => {
        await turn();
        return context.get();
      });
      return [context.get(), own];
    });
    expect(inner).toEqual([value, value * 10]);
  }
  expect(context.get()).toBeUndefined();
});

test('work that ends at once, or in an error, leaves nothing behind', async () => {
  const context = createAsyncContext<string>();
  expect(context.run('now', () => context.get())).toBe('now');
  expect(() => context.run('thrown', () => void JSON.parse('{'))).toThrow(SyntaxError);
  await expect(context.run('rejected', async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(context.get()).toBeUndefined();
});
