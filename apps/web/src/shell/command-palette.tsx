import { useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { instrumentsQuery } from '../api/queries.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { Icon } from '../ui/icon.tsx';
import { useLater } from '../ui/use-later.ts';
import { usePaletteEntries, type PaletteEntry } from './palette-entries.ts';

/** Finds symbols, pages and actions, and runs sentences such as "buy 10 aapl 225". Opens without animation. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    const layer = dialog.current;
    layer?.showModal();
    return () => {
      layer?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('shell.search')}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <PaletteBody onClose={onClose} />
    </dialog>
  );
}

function PaletteBody({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = useQuery({ ...instrumentsQuery(useLater(typed.trim(), 120)), enabled: typed.trim() !== '' });
  const entries = usePaletteEntries(typed, found.data ?? [], navigate);
  const at = Math.min(chosen, entries.length - 1);
  const run = (entry: PaletteEntry | undefined): void => {
    if (entry === undefined) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setChosen((at + step + entries.length) % Math.max(1, entries.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(entries[at]);
    }
  };
  return (
    <>
      <div className="query">
        <Icon name="search" />
        <input
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={entries[at] === undefined ? undefined : `${id}-${entries[at].id}`}
          aria-label={t('shell.search')}
          placeholder={t('palette.placeholder')}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      <PaletteResults id={id} entries={entries} chosen={at} onRun={run} />
    </>
  );
}

interface ResultsProps {
  readonly id: string;
  readonly entries: readonly PaletteEntry[];
  readonly chosen: number;
  readonly onRun: (entry: PaletteEntry) => void;
}

function PaletteResults({ id, entries, chosen, onRun }: ResultsProps) {
  const { t } = useTranslation();
  const current = entries[chosen]?.id;
  useEffect(() => {
    if (current !== undefined) document.getElementById(`${id}-${current}`)?.scrollIntoView({ block: 'nearest' });
  }, [current, id]);
  const groups = [...new Set(entries.map((entry) => entry.group))];
  return (
    <div className="results" id={id} role="listbox" aria-label={t('palette.results')}>
      {entries.length === 0 && <p className="group">{t('palette.nothing')}</p>}
      {groups.map((group) => (
        <div key={group} role="group" aria-label={t(`palette.group.${group}`)}>
          <div className="group" aria-hidden="true">
            {t(`palette.group.${group}`)}
          </div>
          {entries
            .filter((entry) => entry.group === group)
            .map((entry) => (
              <div
                key={entry.id}
                id={`${id}-${entry.id}`}
                className="option"
                role="option"
                aria-selected={entry.id === current}
                onClick={() => {
                  onRun(entry);
                }}
              >
                <Icon name={entry.icon} />
                <span className="grow truncate">{entry.label}</span>
                {entry.note !== undefined && <span className="small faint truncate">{entry.note}</span>}
              </div>
            ))}
        </div>
      ))}
    </div>
  );
}
