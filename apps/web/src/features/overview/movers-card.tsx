import type { Portfolio, Position } from '@holdfast/sdk';
import { useQueries } from '@tanstack/react-query';
import { positionsQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useQuote } from '../../live/use-quote.ts';
import { Explained } from '../../ui/explained.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { LivePrice } from '../../ui/figures/live-price.tsx';
import { EmptyState, LoadingState } from '../../ui/states.tsx';
import { SymbolCell } from '../../ui/symbol-cell.tsx';
import { largestMoves } from './largest-moves.ts';

/** What moved most today among what is held: the largest gains and losses, live. */
export function MoversCard({ portfolios }: { readonly portfolios: readonly Portfolio[] }) {
  const { t } = useTranslation();
  const queries = useQueries({ queries: portfolios.map((portfolio) => positionsQuery(portfolio.id)) });
  const ready = queries.every((query) => !query.isPending);
  const moves = largestMoves(queries.flatMap((query) => query.data ?? []));
  return (
    <section className="card" aria-labelledby="movers">
      <h2 id="movers">
        <Explained label={t('home.movers')} method={t('method.position.day')} />
      </h2>
      {!ready ? (
        <LoadingState height={160} />
      ) : moves.length === 0 ? (
        <EmptyState title={t('home.noMovers')}>{t('home.noMoversText')}</EmptyState>
      ) : (
        <ul className="home-list">
          {moves.map((position) => (
            <Mover key={`${position.symbol}.${position.exchange}`} position={position} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Mover({ position }: { readonly position: Position }) {
  const quote = useQuote(position.symbol);
  return (
    <li>
      <SymbolCell symbol={position.symbol} name={position.name} />
      <span className="cell-stack">
        <LivePrice value={quote?.last ?? position.price} currency={position.currency} />
        <Change percent={quote?.changePercent ?? position.dayChangePercent} />
      </span>
    </li>
  );
}
