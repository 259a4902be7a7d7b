import type { Instrument, Portfolio } from '@holdfast/sdk';
import { Link, useNavigate } from '@tanstack/react-router';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { benchmarksQuery } from '../api/analysis-queries.ts';
import { meQuery, portfoliosQuery, summaryQuery } from '../api/queries.ts';
import { VersusTable } from '../features/analysis/versus-table.tsx';
import { LatestOrders } from '../features/overview/latest-orders.tsx';
import { MoversCard } from '../features/overview/movers-card.tsx';
import { OpenTasks } from '../features/overview/open-tasks.tsx';
import '../features/overview/overview.css';
import { readScope, type Scope } from '../features/overview/scope.ts';
import { TotalAllocation } from '../features/overview/total-allocation.tsx';
import { TotalCard } from '../features/overview/total-card.tsx';
import { TotalLine } from '../features/overview/total-line.tsx';
import { useRates } from '../features/overview/use-rates.ts';
import { FirstPaperPortfolio } from '../features/portfolios/first-paper-portfolio.tsx';
import { PortfolioCards } from '../features/portfolios/portfolio-cards.tsx';
import { readRange, startOfRange, VALUE_RANGES } from '../features/portfolios/value-range.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { usePortfolioStream } from '../live/use-portfolio-stream.ts';
import { homeRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';
import { PaperBadge } from '../ui/badge.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Loaded, LoadingState } from '../ui/states.tsx';
import { PositionsCard } from './positions-card.tsx';

const MOST_CARDS = 6;
const KINDS = ['tracked', 'paper'] as const;

export function HomePage() {
  const { t } = useTranslation();
  useTitle(t('nav.home'));
  const query = useQuery(portfoliosQuery);
  return (
    <div className="page">
      <h1 className="sr-only">{t('nav.home')}</h1>
      <Loaded query={query} height={400}>
        {(portfolios) => <Dashboard portfolios={portfolios} />}
      </Loaded>
    </div>
  );
}

function Dashboard({ portfolios }: { readonly portfolios: readonly Portfolio[] }) {
  const { portfolio: wanted } = homeRoute.useSearch();
  const scope = useScope(portfolios, wanted);
  const hasPaper = portfolios.some((portfolio) => portfolio.kind === 'paper');
  return (
    <>
      {!hasPaper && <FirstPaperPortfolio />}
      {scope === null ? <LoadingState height={400} /> : <Overview key={scope.id} scope={scope} all={portfolios} />}
    </>
  );
}

function Cards({ portfolios }: { readonly portfolios: readonly Portfolio[] }) {
  const { t } = useTranslation();
  return (
    <section className="stack" aria-labelledby="portfolios">
      <div className="row between">
        <h2 id="portfolios">{t('nav.portfolios')}</h2>
        <Link className="button small" to="/portfolios/new">
          {t('portfolio.new')}
        </Link>
      </div>
      <PortfolioCards portfolios={portfolios.slice(0, MOST_CARDS)} />
      {portfolios.slice(MOST_CARDS).map((portfolio) => (
        <Listener key={portfolio.id} portfolioId={portfolio.id} />
      ))}
      {portfolios.length > MOST_CARDS && <Link to="/portfolios">{t('nav.allPortfolios')}</Link>}
    </section>
  );
}

/** Those without a card of their own are in the sums as well, and change them. */
function Listener({ portfolioId }: { readonly portfolioId: string }) {
  usePortfolioStream(portfolioId);
  return null;
}

/** What is looked at; null until it is known which portfolios hold something. Kept once decided: a fill must not change the page. */
function useScope(portfolios: readonly Portfolio[], wanted: string | undefined): Scope | null {
  const summaries = useQueries({ queries: portfolios.map((portfolio) => summaryQuery(portfolio.id)) });
  const [first] = useState({ id: undefined as string | undefined });
  const known = wanted ?? first.id;
  if (known === undefined && summaries.some((summary) => summary.isPending)) return null;
  const holding = new Set(portfolios.filter((_portfolio, index) => (summaries[index]?.data?.positions ?? 0) > 0).map(({ id }) => id));
  const scope = readScope(portfolios, known, (id) => holding.has(id));
  if (wanted === undefined) first.id ??= scope.id;
  return scope;
}

interface OverviewProps {
  readonly scope: Scope;
  readonly all: readonly Portfolio[];
}

function Overview({ scope, all }: OverviewProps) {
  const navigate = useNavigate();
  const search = homeRoute.useSearch();
  const { data: user } = useQuery(meQuery);
  const { data: benchmarks } = useQuery(benchmarksQuery);
  const { portfolios } = scope;
  const [single] = portfolios.length === 1 ? portfolios : [];
  const currency = single?.baseCurrency ?? user?.baseCurrency ?? 'USD';
  const { rates, error } = useRates(portfolios, currency);
  const from = startOfRange(readRange(search.range), new Date());
  const paper = all.filter((portfolio) => portfolio.kind === 'paper');
  return (
    <div className="columns">
      <TotalCard
        title={<ScopeTitle scope={scope} />}
        choice={<ScopeChoice scope={scope} all={all} />}
        portfolios={portfolios}
        currency={currency}
        rates={rates}
        ratesError={error}
      >
        <Line scope={scope} currency={currency} rates={rates} from={from} />
      </TotalCard>
      <div className="narrow stack wide">
        <TotalAllocation portfolios={portfolios} rates={rates} />
        <OpenTasks portfolios={all} />
      </div>
      <div className="wide stack">
        <VersusTable
          portfolios={portfolios}
          from={from}
          benchmark={search.benchmark ?? benchmarkOf(benchmarks ?? [])}
          onBenchmark={(symbol) => {
            const { benchmark: _old, ...rest } = search;
            void navigate({ to: '/home', search: { ...rest, ...(symbol === undefined ? {} : { benchmark: symbol }) }, replace: true });
          }}
        />
        {single !== undefined && <PositionsCard portfolio={single} />}
        <Cards portfolios={all} />
      </div>
      <div className="narrow stack wide">
        <MoversCard portfolios={portfolios} />
        {paper.length > 0 && <LatestOrders portfolios={paper} />}
      </div>
    </div>
  );
}

/** The best known index first, where this server has it. */
function benchmarkOf(known: readonly Instrument[]): string | undefined {
  return (known.find(({ symbol }) => symbol === 'SPX') ?? known[0])?.symbol;
}

function ScopeTitle({ scope }: { readonly scope: Scope }) {
  const { t } = useTranslation();
  const [first] = scope.portfolios;
  const kind = KINDS.find((known) => known === scope.id);
  const named = kind === undefined ? first?.name : t(`home.scope.${kind}`);
  return (
    <>
      {named}
      {(scope.id === 'paper' || first?.kind === 'paper') && <PaperBadge />}
    </>
  );
}

function ScopeChoice({ scope, all }: OverviewProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = homeRoute.useSearch();
  const kinds = KINDS.filter((kind) => all.some((portfolio) => portfolio.kind === kind));
  if (all.length < 2) return null;
  return (
    <select
      className="input compact head-choice"
      aria-label={t('portfolio.choose')}
      value={scope.id}
      onChange={(event) => void navigate({ to: '/home', search: { ...search, portfolio: event.target.value } })}
    >
      {kinds.map((kind) => (
        <option key={kind} value={kind}>
          {t(`home.scope.${kind}`)}
        </option>
      ))}
      {all.map((portfolio) => (
        <option key={portfolio.id} value={portfolio.id}>
          {portfolio.name}
        </option>
      ))}
    </select>
  );
}

interface LineProps {
  readonly scope: Scope;
  readonly currency: string;
  readonly rates: ReturnType<typeof useRates>['rates'];
  readonly from: string | undefined;
}

function Line({ scope, currency, rates, from }: LineProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = homeRoute.useSearch();
  const range = readRange(search.range);
  const interval = range === '5Y' || range === 'All' ? 'week' : 'day';
  return (
    <div className="stack tight">
      <TotalLine portfolios={scope.portfolios} currency={currency} rates={rates} from={from} interval={interval} />
      <div className="row">
        <Segmented
          label={t('chart.range')}
          value={range}
          options={VALUE_RANGES.map((value) => ({ value, label: t(`chart.ranges.${value}`) }))}
          onChange={(next) => void navigate({ to: '/home', search: { ...search, range: next }, replace: true })}
        />
      </div>
    </div>
  );
}
