import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Notice } from '../../ui/states.tsx';
import { plansQuery } from './watchlist-queries.ts';

/** Whether the plan has room for another list; true while that is not known, since the server decides. */
export function usePlanRoom(used: number): boolean {
  const { data: user } = useQuery(meQuery);
  const most = user?.limits.watchlists ?? null;
  return most === null || used < most;
}

/** What the plan allows, how much of it is used, and the way to more. Nothing where there is no limit. */
export function PlanNotice({ used }: { readonly used: number }) {
  const { t } = useTranslation();
  const { data: user } = useQuery(meQuery);
  const { data: plans = [] } = useQuery(plansQuery);
  const most = user?.limits.watchlists ?? null;
  if (most === null) return null;
  const premium = plans.find(({ name }) => name === 'premium')?.limits.watchlists ?? null;
  const figures = { most: t('watch.listCount', { count: most }), used: String(used) };
  return (
    <Notice>
      {used >= most ? t('watch.planFull', figures) : t('watch.plan', figures)}{' '}
      {user?.role === 'standard' && premium !== null && t('watch.planMore', { premium: String(premium) })}
    </Notice>
  );
}
