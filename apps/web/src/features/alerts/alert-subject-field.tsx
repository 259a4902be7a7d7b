import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '../../i18n/use-translation.ts';
import { SelectField } from '../../ui/field.tsx';
import { SymbolSearch } from '../../ui/symbol-search.tsx';
import { INSTRUMENT_CONDITIONS, isOnWatchlist } from './alert-draft.ts';
import type { DraftFields } from './alert-figure-fields.tsx';
import { watchlistChoicesQuery } from './alert-queries.ts';

/** What a new alert is about: an instrument, all of a watchlist, or a portfolio. */
export function SubjectField({ field, ...props }: DraftFields & { readonly field: 'symbol' | 'portfolioId' }) {
  if (field === 'portfolioId') return <PortfolioField {...props} />;
  const canBeList = INSTRUMENT_CONDITIONS.some((condition) => condition === props.draft.condition);
  return (
    <>
      {canBeList && <AboutField {...props} />}
      {isOnWatchlist(props.draft) ? <WatchlistField {...props} /> : <InstrumentField {...props} />}
    </>
  );
}

function AboutField({ draft, change }: DraftFields) {
  const { t } = useTranslation();
  return (
    <SelectField
      label={t('alerts.aboutTitle')}
      value={draft.about}
      onChange={(event) => {
        change({ about: event.target.value === 'watchlist' ? 'watchlist' : 'symbol', currency: '' });
      }}
    >
      <option value="symbol">{t('alerts.about.symbol')}</option>
      <option value="watchlist">{t('alerts.about.watchlist')}</option>
    </SelectField>
  );
}

function InstrumentField({ draft, problems, change }: DraftFields) {
  const { t } = useTranslation();
  return (
    <SymbolSearch
      label={t('alerts.symbol')}
      value={draft.symbol}
      problem={problems.symbol === true ? t('alerts.wrong.symbol') : undefined}
      onChoose={({ symbol, currency }) => {
        change({ symbol, currency });
      }}
    />
  );
}

function WatchlistField({ draft, problems, change }: DraftFields) {
  const { t } = useTranslation();
  const { data: lists = [] } = useQuery(watchlistChoicesQuery);
  return (
    <SelectField
      label={t('alerts.watchlist')}
      hint={t('alerts.watchlistHint')}
      value={draft.watchlistId}
      problem={problems.watchlistId === true ? t('alerts.wrong.watchlist') : undefined}
      onChange={(event) => {
        const chosen = lists.find(({ id }) => id === event.target.value);
        change({ watchlistId: chosen?.id ?? '', watchlistName: chosen?.name ?? '' });
      }}
    >
      <option value="">{t('alerts.chooseWatchlist')}</option>
      {lists.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

function PortfolioField({ draft, problems, portfolios, change }: DraftFields) {
  const { t } = useTranslation();
  return (
    <SelectField
      label={t('alerts.portfolio')}
      value={draft.portfolioId}
      problem={problems.portfolioId === true ? t('alerts.wrong.portfolio') : undefined}
      onChange={(event) => {
        const chosen = portfolios.find(({ id }) => id === event.target.value);
        change({ portfolioId: chosen?.id ?? '', currency: chosen?.baseCurrency ?? '' });
      }}
    >
      <option value="">{t('alerts.choosePortfolio')}</option>
      {portfolios.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
