import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../button.tsx';

interface PaginationProps {
  readonly page: number;
  readonly pageSize: number;
  readonly count: number;
  readonly onPage: (page: number) => void;
}

/** "1–25 of 104", and the pages before and after. Nothing where one page holds all. */
export function Pagination({ page, pageSize, count, onPage }: PaginationProps) {
  const { t } = useTranslation();
  if (count <= pageSize) return null;
  const last = Math.ceil(count / pageSize) - 1;
  return (
    <nav className="table-foot" aria-label={t('table.pages')}>
      <span aria-live="polite" className="figure">
        {t('table.range', { from: page * pageSize + 1, to: Math.min(count, (page + 1) * pageSize), count })}
      </span>
      <span className="row tight">
        <Button
          size="small"
          icon="chevron-left"
          disabled={page === 0}
          onClick={() => {
            onPage(page - 1);
          }}
        >
          {t('table.previous')}
        </Button>
        <Button
          size="small"
          icon="chevron-right"
          className="icon-end"
          disabled={page >= last}
          onClick={() => {
            onPage(page + 1);
          }}
        >
          {t('table.next')}
        </Button>
      </span>
    </nav>
  );
}
