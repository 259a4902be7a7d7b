/** A value that follows a piece of work through everything it awaits, and costs nothing while no such work is under way. */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface AsyncContext<Value> {
  /** Runs the work with the value. It is gone when the work, or the promise it answers, has ended. */
  run<Result>(value: Value, work: () => Result): Result;
  /** The value of the work that asks; undefined outside of any. */
  get(): Value | undefined;
}

/** While a storage of Node is in use, every promise of the process is followed, which the hot paths would pay for: so it is put away. */
export function createAsyncContext<Value>(): AsyncContext<Value> {
  const storage = new AsyncLocalStorage<Value>();
  let underWay = 0;
  const end = (): void => {
    underWay -= 1;
    if (underWay === 0) storage.disable();
  };
  return {
    get: () => (underWay === 0 ? undefined : storage.getStore()),
    run(value, work) {
      underWay += 1;
      let isLater = false;
      try {
        const result = storage.run(value, work);
        if (!(result instanceof Promise)) return result;
        isLater = true;
        return result.finally(end) as typeof result;
      } finally {
        if (!isLater) end();
      }
    },
  };
}
