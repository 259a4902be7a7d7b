import type { Instrument } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { instrumentsQuery } from '../api/queries.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { Field } from './field.tsx';
import { Icon } from './icon.tsx';
import { useLater } from './use-later.ts';

interface SymbolSearchProps {
  readonly label: string;
  readonly value: string;
  readonly onChoose: (instrument: Instrument) => void;
  readonly problem?: string | undefined;
  readonly autoFocus?: boolean;
}

const MOST = 8;

/** Finds an instrument by symbol or name; arrow keys and Enter choose, Escape leaves the list. */
export function SymbolSearch({ label, value, onChoose, problem, autoFocus = false }: SymbolSearchProps) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [chosen, setChosen] = useState(0);
  const [entered, setEntered] = useState(false);
  const { found, searching, isAnswer } = useFound(typed);
  const open = typed !== null;
  const type = (text: string | null): void => {
    setTyped(text);
    setEntered(false);
  };
  const choose = (instrument: Instrument | undefined): void => {
    type(null);
    if (instrument !== undefined) onChoose(instrument);
  };
  // Enter comes before the answer when somebody types fast, and is not to choose from what stood there for the letters before.
  useEffect(() => {
    if (entered && isAnswer && found.length > 0) choose(found[chosen]);
  }, [entered, isAnswer]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      if (typed === null) type('');
      else setChosen((chosen + step + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      setEntered(true);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      type(null);
    }
  };
  return (
    <Field label={label} {...(problem === undefined ? {} : { problem })}>
      {(wiring) => (
        <div className="listbox-anchor search-field symbol-search">
          <Icon name="search" size={16} />
          <input
            {...wiring}
            className="input"
            role="combobox"
            aria-expanded={open}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={open && found[chosen] !== undefined ? `${id}-${String(chosen)}` : undefined}
            placeholder={t('symbolSearch.placeholder')}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            autoFocus={autoFocus}
            value={typed ?? value}
            onFocus={(event) => {
              event.target.select();
            }}
            onChange={(event) => {
              type(event.target.value);
              setChosen(0);
            }}
            onKeyDown={onKeyDown}
            onBlur={() => {
              type(null);
            }}
          />
          {open && <SymbolList id={id} found={found} chosen={chosen} searching={searching} onChoose={choose} />}
        </div>
      )}
    </Field>
  );
}

/** What was found for the typed letters, the first few; `isAnswer` while it is for these letters and not for those before. */
function useFound(typed: string | null): {
  readonly found: readonly Instrument[];
  readonly searching: boolean;
  readonly isAnswer: boolean;
} {
  const wanted = (typed ?? '').trim();
  const asked = useLater(wanted, 120);
  const { data, isFetching } = useQuery({ ...instrumentsQuery(asked), enabled: typed !== null });
  return { found: (data ?? []).slice(0, MOST), searching: isFetching, isAnswer: typed !== null && data !== undefined && asked === wanted };
}

interface SymbolListProps {
  readonly id: string;
  readonly found: readonly Instrument[];
  readonly chosen: number;
  readonly searching: boolean;
  readonly onChoose: (instrument: Instrument) => void;
}

function SymbolList({ id, found, chosen, searching, onChoose }: SymbolListProps) {
  const { t } = useTranslation();
  return (
    <div className="listbox" id={`${id}-list`} role="listbox" aria-label={t('symbolSearch.results')}>
      {found.length === 0 && <p className="option faint">{searching ? t('state.loading') : t('symbolSearch.nothing')}</p>}
      {found.map((instrument, index) => (
        <div
          key={instrument.id}
          id={`${id}-${String(index)}`}
          className="option"
          role="option"
          aria-selected={index === chosen}
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(instrument);
          }}
        >
          <span className="strong">{instrument.symbol}</span>
          <span className="grow truncate muted">{instrument.name}</span>
          <span className="small faint">{[instrument.exchange, instrument.currency].filter(Boolean).join(' · ')}</span>
        </div>
      ))}
    </div>
  );
}
