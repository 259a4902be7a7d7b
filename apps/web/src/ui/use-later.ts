import { useEffect, useState } from 'react';

/** The value as it was when it last stood still for `pauseMs`: asks the server once per thought, not once per key. */
export function useLater<Value>(value: Value, pauseMs: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value, pauseMs]);
  return settled;
}
