import { useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Icon } from './icon.tsx';
import { useLater } from './use-later.ts';

interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const PAUSE_MS = 200;

/** Waits for a pause in typing, so that each word is one question and one change of the address. */
export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  const [typed, setTyped] = useState(value);
  const settled = useLater(typed, PAUSE_MS);
  const told = useRef(value);
  const tell = useRef(onChange);
  const isLeaving = useIsLeaving();
  useEffect(() => {
    tell.current = onChange;
  });
  useEffect(() => {
    if (settled.trim() === told.current || isLeaving()) return;
    told.current = settled.trim();
    tell.current(settled.trim());
  }, [settled, isLeaving]);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);
  return (
    <div className="search-field">
      <Icon name="search" size={16} />
      <input
        className="input compact"
        type="search"
        maxLength={100}
        aria-label={label}
        placeholder={label}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
      />
    </div>
  );
}

/**
 * Whether another page was asked for and is on its way. Whoever types and at once follows a link is not to be held back by the word
 * that settles meanwhile: as a change of the address it would end that way.
 */
function useIsLeaving(): () => boolean {
  const router = useRouter();
  return useCallback(() => {
    const { resolvedLocation } = router.state;
    return resolvedLocation !== undefined && resolvedLocation.pathname !== router.latestLocation.pathname;
  }, [router]);
}
