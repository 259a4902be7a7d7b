import type { WatchOutcome } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { TextField } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { Notice } from '../../ui/states.tsx';
import { SymbolSearch } from '../../ui/symbol-search.tsx';
import { showToast } from '../../ui/toast.tsx';
import { watchlistsKey } from './watchlist-queries.ts';
import { writtenSymbols } from './written-symbols.ts';

const MOST_AT_ONCE = 200;

/** Chooses one instrument or many by search, or takes written symbols, and adds them together; what was refused says why. */
export function AddItems({ listId }: { readonly listId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [written, setWritten] = useState('');
  const [refused, setRefused] = useState<readonly WatchOutcome[]>([]);
  const wanted = [...new Set([...chosen, ...writtenSymbols(written)])].slice(0, MOST_AT_ONCE);
  const add = useMutation({
    mutationFn: (symbols: readonly string[]) =>
      api.watchlists.addItems(
        listId,
        symbols.map((symbol) => ({ symbol })),
        newKey(),
      ),
    onSuccess: async ({ items }) => {
      const count = items.filter(({ outcome }) => outcome === 'added').length;
      if (count > 0) showToast({ look: 'ok', text: t('watch.added', { count }) });
      setRefused(items.filter(({ outcome }) => outcome !== 'added'));
      setChosen([]);
      setWritten('');
      await client.invalidateQueries({ queryKey: watchlistsKey });
    },
  });
  return (
    <form
      className="stack"
      noValidate
      aria-label={t('watch.add')}
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted.length > 0) add.mutate(wanted);
      }}
    >
      <FormProblem text={add.error === null ? null : describeError(add.error, t).detail} />
      <div className="watch-add">
        <SymbolSearch
          label={t('watch.add')}
          value=""
          onChoose={({ symbol }) => {
            setChosen([...new Set([...chosen, symbol])]);
          }}
        />
        <TextField
          label={t('watch.paste')}
          placeholder="AAPL, MSFT"
          maxLength={4000}
          autoComplete="off"
          spellCheck={false}
          value={written}
          onChange={(event) => {
            setWritten(event.target.value);
          }}
        />
      </div>
      <Chosen symbols={chosen} onChange={setChosen} />
      {wanted.length > 0 && (
        <div className="row">
          <Button type="submit" look="primary" icon="plus" busy={add.isPending}>
            {t('watch.addChosen', { count: wanted.length })}
          </Button>
        </div>
      )}
      <Refused outcomes={refused} />
    </form>
  );
}

interface ChosenProps {
  readonly symbols: readonly string[];
  readonly onChange: (symbols: readonly string[]) => void;
}

/** What was found and is to be added; each can be left out again. */
function Chosen({ symbols, onChange }: ChosenProps) {
  const { t } = useTranslation();
  if (symbols.length === 0) return null;
  return (
    <ul className="watch-chosen" aria-label={t('watch.chosen')}>
      {symbols.map((symbol) => (
        <li key={symbol}>
          <Button
            size="small"
            icon="close"
            aria-label={t('watch.unchoose', { symbol })}
            onClick={() => {
              onChange(symbols.filter((other) => other !== symbol));
            }}
          >
            {symbol}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Refused({ outcomes }: { readonly outcomes: readonly WatchOutcome[] }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      {outcomes.length > 0 && (
        <Notice look="warn">
          <p className="strong">{t('watch.notAdded')}</p>
          <ul>
            {outcomes.map(({ symbol, outcome }) =>
              outcome === 'added' ? null : (
                <li key={symbol}>
                  <bdi className="strong">{symbol}</bdi> {t(`watch.outcome.${outcome}`)}
                </li>
              ),
            )}
          </ul>
        </Notice>
      )}
    </div>
  );
}
