import type { SystemReport } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Figure } from '../../ui/figures/figures.tsx';
import { formatBytes } from '../../ui/figures/format-bytes.ts';
import { formatCount } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { Loaded } from '../../ui/states.tsx';

/** How the server that answers is doing, read anew every ten seconds. */
export function SystemPanel() {
  const query = useQuery({ queryKey: ['admin', 'system'], queryFn: ({ signal }) => api.admin.system(signal), refetchInterval: 10_000 });
  return (
    <Loaded query={query} height={320}>
      {(system) => <SystemFacts system={system} />}
    </Loaded>
  );
}

function SystemFacts({ system }: { readonly system: SystemReport }) {
  const { t } = useTranslation();
  const server = useServerFacts(system);
  const database = useDatabaseFacts(system);
  return (
    <>
      <section className="card" aria-label={t('admin.system.server')}>
        <h2>{t('admin.system.server')}</h2>
        <Facts rows={server} />
      </section>
      <section className="card" aria-label={t('admin.system.database')}>
        <h2>{t('admin.system.database')}</h2>
        <Facts rows={database} />
      </section>
      <section className="card" aria-label={t('admin.system.checks')}>
        <h2>{t('admin.system.checks')}</h2>
        <Facts
          rows={system.checks.map(({ name, status }) => ({
            label: name,
            value: <Badge look={status === 'ok' ? 'ok' : 'danger'}>{t(`admin.system.check.${status}`)}</Badge>,
          }))}
        />
      </section>
    </>
  );
}

function useServerFacts(system: SystemReport): readonly Fact[] {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const milliseconds = (seconds: number) => t('admin.system.milliseconds', { count: Math.round(seconds * 10_000) / 10 });
  const { median, p99, longest } = system.eventLoopDelaySeconds;
  return [
    { label: t('admin.system.version'), value: system.version },
    { label: t('admin.system.node'), value: system.nodeVersion },
    { label: t('admin.system.role'), value: system.role },
    { label: t('admin.system.production'), value: system.production ? t('admin.system.yes') : t('admin.system.no') },
    { label: t('admin.system.uptime'), value: t('admin.system.hours', { count: Math.round(system.uptimeSeconds / 360) / 10 }) },
    { label: t('admin.system.memory'), value: <Figure>{formatBytes(system.memory.residentBytes, style)}</Figure> },
    { label: t('admin.system.heap'), value: <Figure>{formatBytes(system.memory.heapBytes, style)}</Figure> },
    {
      label: t('admin.system.delay'),
      method: t('admin.system.delayMethod'),
      value: [median, p99, longest].map(milliseconds).join(' · '),
    },
    { label: t('admin.system.streams'), value: <Figure>{formatCount(system.streamClients, style)}</Figure> },
    {
      label: t('admin.system.redis'),
      value: system.redis === null ? t('admin.system.noRedis') : t(`admin.system.redisState.${system.redis}`),
    },
    { label: t('admin.system.documents'), value: t(`admin.system.storage.${system.documentStorage}`) },
  ];
}

function useDatabaseFacts({ database }: SystemReport): readonly Fact[] {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const { used, most, ofThisServer, waiting } = database.connections;
  return [
    { label: 'PostgreSQL', value: database.version },
    { label: t('admin.system.size'), value: <Figure>{formatBytes(database.byteCount, style)}</Figure> },
    { label: t('admin.system.connections'), value: t('admin.system.ofMost', { used, most }) },
    { label: t('admin.system.own'), value: <Figure>{formatCount(ofThisServer, style)}</Figure> },
    { label: t('admin.system.waiting'), value: <Figure>{formatCount(waiting, style)}</Figure> },
  ];
}
