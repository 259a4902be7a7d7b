import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../button.tsx';

interface PagedQuery {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

/** The foot of a list that grows: how many rows are shown, and the way to more of them. */
export function MoreRows({ query, count }: { readonly query: PagedQuery; readonly count: number }) {
  const { t } = useTranslation();
  return (
    <div className="table-foot">
      <span aria-live="polite">{t(query.hasNextPage ? 'table.shownSoFar' : 'table.shownAll', { count })}</span>
      {query.hasNextPage && (
        <Button size="small" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('table.more')}
        </Button>
      )}
    </div>
  );
}
