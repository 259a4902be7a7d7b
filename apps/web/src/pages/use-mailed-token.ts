import { useEffect, useState } from 'react';

/** The token behind the # of a mailed link. It leaves the address at once, so that it stays in no history and no screenshot. */
export function useMailedToken(): string {
  const [token] = useState(() => new URLSearchParams(globalThis.location.hash.slice(1)).get('token') ?? '');
  useEffect(() => {
    if (globalThis.location.hash !== '') globalThis.history.replaceState(globalThis.history.state, '', globalThis.location.pathname);
  }, []);
  return token;
}
