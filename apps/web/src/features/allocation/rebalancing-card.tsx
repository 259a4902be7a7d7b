import './allocation.css';
import type { AllocationBy, Portfolio, Rebalancing } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { nameOfPart } from '../../ui/allocation/allocation-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { Explained } from '../../ui/explained.tsx';
import { Facts } from '../../ui/facts.tsx';
import { SelectField } from '../../ui/field.tsx';
import { approximate, isDecimalText } from '../../ui/figures/decimal-text.ts';
import { Missing, Money, Percent, Price, Quantity } from '../../ui/figures/figures.tsx';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { saveCsv } from '../../ui/files/save-file.ts';
import { DecimalField } from '../../ui/forms/decimal-field.tsx';
import { EmptyState, Loaded, Notice } from '../../ui/states.tsx';
import { SymbolCell } from '../../ui/symbol-cell.tsx';
import { DataTable, type Column } from '../../ui/tables/data-table.tsx';
import { useLater } from '../../ui/use-later.ts';
import { proposalCsv } from './proposal-csv.ts';
import { fractionOf } from './target-draft.ts';
import { rebalancingQuery } from './target-query.ts';

interface Rules {
  readonly quantities: 'whole' | 'fractional';
  readonly minimumTrade: string;
  readonly cashBand: string;
}

const FIRST: Rules = { quantities: 'whole', minimumTrade: '', cashBand: '' };
const TYPED_MS = 300;

interface RebalancingCardProps {
  readonly portfolio: Portfolio;
  readonly by: AllocationBy;
}

/** What would have to be traded to reach the targets. Nothing is placed: a paper portfolio's ticket is one click away from each row. */
export function RebalancingCard({ portfolio, by }: RebalancingCardProps) {
  const { t } = useTranslation();
  const { hidden } = useFigureStyle();
  const [rules, setRules] = useState(FIRST);
  const query = useQuery(rebalancingQuery(portfolio.id, useAsked(by, rules)));
  const { data } = query;
  return (
    <section className="card flush" aria-labelledby="rebalancing">
      <div className="card-head">
        <h2 id="rebalancing">
          <Explained label={t('targets.proposal')} method={t('targets.proposalMethod')} />
        </h2>
        <Button
          size="small"
          icon="download"
          disabled={hidden || data === undefined || data.orders.length === 0}
          onClick={() => {
            if (data !== undefined) saveCsv(`${portfolio.name} ${t('targets.proposal')}`, proposalCsv(data));
          }}
        >
          CSV
        </Button>
      </div>
      <RuleFields rules={rules} currency={portfolio.baseCurrency} onRules={setRules} />
      <Loaded query={query} height={200}>
        {(proposal) => <Proposal portfolio={portfolio} proposal={proposal} />}
      </Loaded>
    </section>
  );
}

/** What is asked once the typing pauses; what cannot be read is left out and said beside its field. */
function useAsked(by: AllocationBy, rules: Rules) {
  const minimum = useLater(rules.minimumTrade, TYPED_MS);
  const band = fractionOf(useLater(rules.cashBand, TYPED_MS));
  return {
    by,
    quantities: rules.quantities,
    ...(isAmount(minimum) ? { minimumTrade: minimum } : {}),
    ...(band === null ? {} : { cashBand: band }),
  };
}

function isAmount(text: string): boolean {
  return isDecimalText(text) && !/^[-+]/.test(text);
}

interface RuleFieldsProps {
  readonly rules: Rules;
  readonly currency: string;
  readonly onRules: (rules: Rules) => void;
}

function RuleFields({ rules, currency, onRules }: RuleFieldsProps) {
  const { t } = useTranslation();
  const { minimumTrade, cashBand } = rules;
  return (
    <div className="toolbar rebalancing-rules">
      <DecimalField
        label={t('targets.minimumTrade')}
        suffix={currency}
        optional={t('form.optional')}
        value={minimumTrade}
        problem={minimumTrade !== '' && !isAmount(minimumTrade) ? t('targets.wrongAmount') : undefined}
        onChange={(typed) => {
          onRules({ ...rules, minimumTrade: typed });
        }}
      />
      <DecimalField
        label={t('targets.cashBand')}
        suffix="%"
        optional={t('form.optional')}
        hint={t('targets.cashBandHint')}
        value={cashBand}
        problem={cashBand !== '' && fractionOf(cashBand) === null ? t('targets.wrong') : undefined}
        onChange={(typed) => {
          onRules({ ...rules, cashBand: typed });
        }}
      />
      <SelectField
        label={t('targets.quantities')}
        value={rules.quantities}
        onChange={(event) => {
          onRules({ ...rules, quantities: event.target.value === 'fractional' ? 'fractional' : 'whole' });
        }}
      >
        {(['whole', 'fractional'] as const).map((value) => (
          <option key={value} value={value}>
            {t(`targets.${value}`)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

function Proposal({ portfolio, proposal }: { readonly portfolio: Portfolio; readonly proposal: Rebalancing }) {
  const { t } = useTranslation();
  const { by, currency, unreachable, unpriced } = proposal;
  const names = (keys: readonly string[]): string => keys.map((key) => nameOfPart(key, by, t)).join(', ');
  return (
    <>
      {proposal.orders.length === 0 ? (
        <EmptyState title={t('targets.noTrades')}>{t('targets.noTradesText')}</EmptyState>
      ) : (
        <Trades portfolio={portfolio} proposal={proposal} />
      )}
      <div className="stack proposal-notes">
        {unreachable.length > 0 && <Notice look="warn">{t('targets.unreachable', { names: names(unreachable) })}</Notice>}
        {unpriced.length > 0 && <Notice look="warn">{t('targets.unpriced', { names: unpriced.join(', ') })}</Notice>}
        <Facts
          rows={[
            { label: t('targets.cashBefore'), value: <Money value={proposal.cashBefore} currency={currency} unit="code" /> },
            { label: t('targets.cashAfter'), value: <Money value={proposal.cashAfter} currency={currency} unit="code" /> },
          ]}
        />
      </div>
      <Outcome proposal={proposal} />
    </>
  );
}

type Trade = Rebalancing['orders'][number];

function Trades({ portfolio, proposal }: { readonly portfolio: Portfolio; readonly proposal: Rebalancing }) {
  const { t } = useTranslation();
  const columns: Column<Trade>[] = [
    { id: 'symbol', header: t('targets.trade'), cell: (row) => <SymbolCell symbol={row.symbol} name={row.name} /> },
    { id: 'side', header: t('ticket.side'), wideOnly: true, cell: (row) => t(`ticket.${row.side}`) },
    {
      id: 'quantity',
      header: t('orders.quantity'),
      end: true,
      cell: (row) => (
        <div className="cell-stack">
          <Quantity value={row.quantity} />
          <span className="only-phone small muted">{t(`ticket.${row.side}`)}</span>
        </div>
      ),
    },
    {
      id: 'price',
      header: t('targets.price'),
      end: true,
      wideOnly: true,
      cell: (row) => (
        <>
          <Price value={row.price} currency={row.currency} /> <span className="faint">{row.currency}</span>
        </>
      ),
    },
    {
      id: 'value',
      header: `${t('positions.value')} ${proposal.currency}`,
      method: t('targets.tradeMethod'),
      end: true,
      cell: (row) => <Money value={row.value} currency={proposal.currency} />,
    },
    ...(portfolio.kind === 'paper' && portfolio.archivedAt === null ? [ticketColumn(portfolio.id, t)] : []),
  ];
  return (
    <DataTable
      twoLine
      caption={t('targets.proposal')}
      columns={columns}
      rows={proposal.orders}
      rowKey={(row) => `${row.key} ${row.symbol}`}
    />
  );
}

function ticketColumn(portfolio: string, t: ReturnType<typeof useTranslation>['t']): Column<Trade> {
  return {
    id: 'ticket',
    header: t('table.actions'),
    end: true,
    cell: ({ symbol, side, quantity }) => (
      <Link
        className="button small"
        to="/trade"
        search={{ portfolio, symbol, side, quantity }}
        aria-label={t('targets.ticketFor', { side: t(`ticket.${side}`), symbol })}
      >
        {t('targets.ticket')}
      </Link>
    ),
  };
}

type Item = Rebalancing['items'][number];

/** Where the weights stand before and after. */
function Outcome({ proposal }: { readonly proposal: Rebalancing }) {
  const { t } = useTranslation();
  const { by, currency } = proposal;
  const columns: Column<Item>[] = [
    { id: 'name', header: t('analysis.part'), cell: (row) => nameOfPart(row.key, by, t) },
    { id: 'before', header: t('targets.before'), end: true, cell: (row) => <Percent value={row.weightBefore * 100} digits={1} /> },
    { id: 'after', header: t('targets.after'), end: true, cell: (row) => <Percent value={row.weightAfter * 100} digits={1} /> },
    {
      id: 'target',
      header: t('targets.target'),
      end: true,
      cell: (row) =>
        row.target === null ? <Missing reason={t('targets.noTarget')} /> : <Percent value={approximate(row.target) * 100} digits={1} />,
    },
    {
      id: 'value',
      header: `${t('targets.valueAfter')} ${currency}`,
      end: true,
      wideOnly: true,
      cell: (row) => <Money value={row.valueAfter} currency={currency} />,
    },
  ];
  return <DataTable caption={t('targets.outcome')} columns={columns} rows={proposal.items} rowKey={(row) => row.key} />;
}
