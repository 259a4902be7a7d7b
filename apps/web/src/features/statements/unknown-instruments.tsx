import type { Statement } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { SymbolSearch } from '../../ui/symbol-search.tsx';

interface UnknownInstrumentsProps {
  readonly statement: Statement;
  readonly symbols: Readonly<Record<string, string>>;
  readonly onSymbols: (symbols: Readonly<Record<string, string>>) => void;
  readonly busy: boolean;
  /** Reads the file again with these words; only while it is at hand. */
  readonly onCheck?: () => void;
}

/** What the file calls an instrument, and the question which one it is. */
export function UnknownInstruments({ statement, symbols, onSymbols, busy, onCheck }: UnknownInstrumentsProps) {
  const { t } = useTranslation();
  return (
    <section className="card" aria-labelledby="unknown">
      <h2 id="unknown">{t('statements.unknown')}</h2>
      <p className="muted">{t('statements.unknownText')}</p>
      <ul className="unknown-list">
        {statement.unresolved.map((found) => (
          <li key={found.writtenAs}>
            <div>
              <p className="strong">
                <bdi>{found.writtenAs}</bdi>{' '}
                {found.name !== null && found.name !== found.writtenAs && <span className="muted">{found.name}</span>}
              </p>
              <p className="small faint">
                {t('statements.rowCount', { count: found.rows })}
                {found.currency !== null && ` · ${found.currency}`}
              </p>
              <p className="small muted" lang="en">
                {found.reason}
              </p>
            </div>
            <SymbolSearch
              label={t('statements.whichIs', { name: found.writtenAs })}
              value={symbols[found.writtenAs] ?? ''}
              onChoose={(instrument) => {
                onSymbols({ ...symbols, [found.writtenAs]: instrument.symbol });
              }}
            />
          </li>
        ))}
      </ul>
      {onCheck !== undefined && (
        <div className="row end">
          <Button busy={busy} disabled={Object.keys(symbols).length === 0} onClick={onCheck}>
            {t('statements.readAgain')}
          </Button>
        </div>
      )}
    </section>
  );
}
