import type { RejectedRow, TickImport } from '@holdfast/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { api } from '../../api/api.ts';
import { importsQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { stream } from '../../live/stream.ts';
import { Badge } from '../../ui/badge.tsx';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Figure } from '../../ui/figures/figures.tsx';
import { formatCount } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { Icon } from '../../ui/icon.tsx';
import { Loaded, Notice } from '../../ui/states.tsx';
import { ListTable } from '../../ui/tables/list-table.tsx';
import type { ListRules } from '../../ui/tables/list-view.ts';

const POLL_MS = 1500;

/** How far an import is, and every row that was not taken, by line, column, value and reason. */
export function ImportProgress({ importId }: { readonly importId: string }) {
  const client = useQueryClient();
  const [progress, setProgress] = useState<number | null>(null);
  const query = useQuery({
    queryKey: ['import', importId],
    queryFn: ({ signal }) => api.imports.get(importId, signal),
    // The stream tells of progress; asking is for moments without one.
    refetchInterval: ({ state }) => (state.data !== undefined && isOver(state.data) ? false : POLL_MS),
  });
  useEffect(
    () =>
      stream.subscribe(`imports:${importId}`, (message) => {
        const share = message.kind === 'restart' ? null : progressOf(message.data);
        if (share !== null) setProgress(share);
        if (share === null || share === 1) void client.invalidateQueries({ queryKey: ['import', importId] });
      }),
    [client, importId],
  );
  const over = query.data !== undefined && isOver(query.data);
  useEffect(() => {
    if (over) void client.invalidateQueries({ queryKey: importsQuery.queryKey });
  }, [client, over]);
  return (
    <Loaded query={query} height={160}>
      {(found) => <ImportResult found={found} progress={progress} />}
    </Loaded>
  );
}

function progressOf(fact: unknown): number | null {
  return typeof fact === 'object' && fact !== null && 'progress' in fact && typeof fact.progress === 'number' ? fact.progress : null;
}

function isOver(found: TickImport): boolean {
  return found.status !== 'queued' && found.status !== 'running';
}

function ImportResult({ found, progress }: { readonly found: TickImport; readonly progress: number | null }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const over = isOver(found);
  const failed = found.status === 'failed';
  const count = (value: number): ReactNode => <Figure>{formatCount(value, style)}</Figure>;
  const counts: readonly Fact[] = [
    { label: t('imports.read'), value: count(found.rowsRead) },
    { label: t('imports.stored'), value: count(found.rowsStored) },
    { label: t('imports.flagged'), method: t('method.imports.flagged'), value: count(found.rowsFlagged) },
    { label: t('imports.rejected'), method: t('method.imports.rejected'), value: count(found.rowsRejected) },
  ];
  return (
    <>
      <section className="card" aria-labelledby="progress">
        <div className="card-head">
          <h2 id="progress" className="truncate">
            {found.fileName}
          </h2>
          <span role="status">
            <Badge look={failed ? 'danger' : over ? 'ok' : 'accent'}>{t(`imports.status.${found.status}`)}</Badge>
          </span>
        </div>
        {!over && (
          <progress className="progress" aria-label={t('imports.progress')} {...(progress === null ? {} : { value: progress, max: 1 })} />
        )}
        <Facts rows={counts} />
        {found.detail !== null && <Notice look={failed ? 'danger' : 'plain'}>{found.detail}</Notice>}
        {over && !failed && found.rowsRejected === 0 && (
          <p className="row tight ok-text">
            <Icon name="check" size={16} /> {t('imports.allTaken')}
          </p>
        )}
      </section>
      <RejectedRows found={found} />
    </>
  );
}

const BY_LINE = { column: 'line', descending: false };
const ROW_RULES: ListRules<RejectedRow> = {
  textOf: (row) => `${String(row.line)} ${row.column ?? ''} ${row.message} ${row.row}`,
  kindOf: (row) => row.column ?? '',
  valueOf: (row, column) => (column === 'line' ? row.line : column === 'column' ? row.column : row.message),
};

function RejectedRows({ found }: { readonly found: TickImport }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  if (found.errors.length === 0) return null;
  const columns = [...new Set(found.errors.map((row) => row.column ?? ''))].toSorted();
  return (
    <section className="card flush" aria-labelledby="rejected">
      <div className="card-head">
        <h2 id="rejected">{t('imports.rejectedRows')}</h2>
        {found.rowsRejected > found.errors.length && (
          <span className="small faint">
            {t('imports.firstOf', { count: found.errors.length, all: formatCount(found.rowsRejected, style) })}
          </span>
        )}
      </div>
      <ListTable
        caption={t('imports.rejectedRows')}
        rows={found.errors}
        rowKey={(row) => `${row.file}:${String(row.line)}:${row.column ?? ''}`}
        rules={ROW_RULES}
        first={BY_LINE}
        searchLabel={t('imports.searchRows')}
        kinds={{
          label: t('imports.column'),
          all: t('imports.allColumns'),
          options: columns.map((value) => ({ value, label: value === '' ? t('imports.wholeRow') : value })),
        }}
        tools="long"
        columns={[
          { id: 'line', header: t('imports.line'), sortable: true, cell: (row) => <Figure>{row.line}</Figure> },
          { id: 'column', header: t('imports.column'), sortable: true, cell: (row) => row.column ?? t('imports.wholeRow') },
          { id: 'row', header: t('imports.row'), wideOnly: true, cell: (row) => <code>{row.row}</code> },
          { id: 'reason', header: t('imports.reason'), sortable: true, cell: (row) => <span lang="en">{row.message}</span> },
        ]}
      />
    </section>
  );
}
