import { useRouterState } from '@tanstack/react-router';

/** A thin line while a page is on its way; the old page stays until the new one is there. */
export function RefreshingLine() {
  const loading = useRouterState({ select: (state) => state.status === 'pending' });
  return loading ? <div className="refreshing" aria-hidden="true" /> : null;
}
