import type { Instrument } from '@holdfast/sdk';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useQuote, useQuoteSeed } from '../../live/use-quote.ts';
import { Badge } from '../../ui/badge.tsx';
import { Freshness } from '../../ui/figures/age.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { LivePrice } from '../../ui/figures/live-price.tsx';
import { sourceName } from '../../ui/figures/source-name.ts';

interface InstrumentHeadProps {
  readonly instrument: Instrument;
  readonly action?: ReactNode;
  /** The heading's place in the page. */
  readonly level?: 'h1' | 'h2';
}

/** Name, where it is listed, the price now and its change since the last close, with its age and source. */
export function InstrumentHead({ instrument, action, level: Heading = 'h1' }: InstrumentHeadProps) {
  const { t } = useTranslation();
  const quote = useQuote(instrument.symbol);
  useQuoteSeed([instrument.symbol]);
  return (
    <div className="stack tight">
      <div className="row between">
        <div className="symbol">
          <span className="tile" aria-hidden="true">
            {instrument.symbol.slice(0, 2)}
          </span>
          <div>
            <Heading className="instrument-name">
              {instrument.name} <bdi className="faint">{instrument.symbol}</bdi>
            </Heading>
            <p className="small faint">
              {[instrument.exchange, instrument.currency, t(`assetClass.${instrument.assetClass}`), instrument.sector]
                .filter(Boolean)
                .join(' · ')}{' '}
              {instrument.status === 'inactive' && <Badge look="warn">{t('markets.inactive')}</Badge>}
            </p>
          </div>
        </div>
        {action}
      </div>
      <p className="hero-figure">
        <LivePrice value={quote?.last} tickSize={instrument.tickSize} currency={instrument.currency} />
      </p>
      <p className="change-line">
        <Change
          amount={quote?.change}
          percent={quote?.changePercent}
          currency={instrument.currency}
          tickSize={instrument.tickSize}
          price
          reason={t('markets.noQuote')}
        />
        {quote !== undefined && (
          <span className="aside small">
            {t('markets.sinceClose')} · <Freshness at={quote.at} source={quote.source} /> · {sourceName(quote.source, t)}
          </span>
        )}
      </p>
    </div>
  );
}
