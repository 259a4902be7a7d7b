import { useEffect, useRef, useState } from 'react';
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
  useEffect(() => {
    tell.current = onChange;
  });
  useEffect(() => {
    if (settled.trim() === told.current) return;
    told.current = settled.trim();
    tell.current(settled.trim());
  }, [settled]);
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
