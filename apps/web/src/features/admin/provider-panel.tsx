import type { ProviderReport } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge, type BadgeLook } from '../../ui/badge.tsx';
import { Age, Moment } from '../../ui/figures/age.tsx';
import { Percent } from '../../ui/figures/figures.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { DataTable } from '../../ui/tables/data-table.tsx';
import { ListTable } from '../../ui/tables/list-table.tsx';

type Provider = ProviderReport['providers'][number];
type Skip = ProviderReport['skips'][number];
const LOOKS: Record<Provider['state'], BadgeLook> = { ready: 'ok', computed: 'plain', paused: 'warn', outOfQuota: 'danger' };

/** Where prices come from, what is left of each quota, and why a provider was not asked. */
export function ProviderPanel() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['admin', 'providers'],
    queryFn: ({ signal }) => api.admin.providers(signal),
    refetchInterval: 30_000,
  });
  return (
    <Loaded query={query} height={240}>
      {({ providers, caches, skips }) => (
        <>
          <section className="card flush" aria-label={t('admin.view.providers')}>
            <div className="card-head">
              <h2>{t('admin.view.providers')}</h2>
            </div>
            <DataTable
              caption={t('admin.view.providers')}
              rows={providers}
              rowKey={(row) => row.name}
              columns={[
                { id: 'name', header: t('admin.providers.name'), cell: (row) => `${row.position}. ${row.name}` },
                { id: 'state', header: t('admin.providers.state'), cell: (row) => <ProviderState provider={row} /> },
                {
                  id: 'quotas',
                  header: t('admin.providers.quotas'),
                  cell: (row) =>
                    row.quotas.length === 0
                      ? t('admin.providers.noQuota')
                      : row.quotas
                          .map(({ used, requests, perSeconds }) => t('admin.providers.quota', { used, requests, seconds: perSeconds }))
                          .join('; '),
                },
                {
                  id: 'answer',
                  header: t('admin.providers.lastAnswer'),
                  end: true,
                  wideOnly: true,
                  cell: (row) => (row.lastAnswerAt === null ? t('admin.never') : <Age at={row.lastAnswerAt} />),
                },
              ]}
            />
          </section>
          <Skips skips={skips} />
          <section className="card flush" aria-label={t('admin.providers.caches')}>
            <div className="card-head">
              <h2>{t('admin.providers.caches')}</h2>
            </div>
            <DataTable
              caption={t('admin.providers.caches')}
              rows={caches}
              rowKey={(row) => row.name}
              columns={[
                { id: 'name', header: t('admin.providers.name'), cell: (row) => row.name },
                { id: 'hits', header: t('admin.providers.hits'), end: true, cell: (row) => row.hits },
                { id: 'misses', header: t('admin.providers.misses'), end: true, cell: (row) => row.misses },
                {
                  id: 'rate',
                  header: t('admin.providers.hitRate'),
                  end: true,
                  cell: (row) => <Percent value={row.hitRate === null ? null : row.hitRate * 100} digits={1} />,
                },
              ]}
            />
          </section>
        </>
      )}
    </Loaded>
  );
}

function ProviderState({ provider }: { readonly provider: Provider }) {
  const { t } = useTranslation();
  return (
    <span className="row tight">
      <Badge look={LOOKS[provider.state]}>{t(`admin.providers.states.${provider.state}`)}</Badge>
      {provider.pausedUntil !== null && (
        <span className="small faint">
          {t('admin.providers.until')} <Moment at={provider.pausedUntil} />
        </span>
      )}
    </span>
  );
}

const NEWEST = { column: 'last', descending: true };

function Skips({ skips }: { readonly skips: readonly Skip[] }) {
  const { t } = useTranslation();
  return (
    <section className="card flush" aria-label={t('admin.providers.skips')}>
      <div className="card-head">
        <h2>{t('admin.providers.skips')}</h2>
      </div>
      {skips.length === 0 ? (
        <EmptyState icon="check" title={t('admin.providers.noSkips')} />
      ) : (
        <ListTable
          caption={t('admin.providers.skips')}
          rows={skips}
          rowKey={(row) => `${row.provider} ${row.day} ${row.reason}`}
          first={NEWEST}
          searchLabel={t('admin.providers.searchSkips')}
          kinds={{
            label: t('admin.providers.reason'),
            all: t('admin.providers.allReasons'),
            options: [...new Set(skips.map(({ reason }) => reason))].toSorted().map((value) => ({ value, label: value })),
          }}
          rules={{
            textOf: (row) => `${row.provider} ${row.reason} ${row.detail}`,
            kindOf: (row) => row.reason,
            valueOf: (row, column) => (column === 'count' ? row.count : column === 'provider' ? row.provider : row.lastAt),
          }}
          columns={[
            { id: 'provider', header: t('admin.providers.name'), sortable: true, cell: (row) => row.provider },
            { id: 'reason', header: t('admin.providers.reason'), cell: (row) => <code>{row.reason}</code> },
            { id: 'detail', header: t('admin.providers.detail'), wideOnly: true, cell: (row) => <span lang="en">{row.detail}</span> },
            { id: 'count', header: t('admin.providers.times'), end: true, sortable: true, cell: (row) => row.count },
            { id: 'last', header: t('admin.when'), end: true, sortable: true, wideOnly: true, cell: (row) => <Moment at={row.lastAt} /> },
          ]}
        />
      )}
    </section>
  );
}
