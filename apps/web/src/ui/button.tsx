import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'normal' | 'primary' | 'danger' | 'plain';
  readonly size?: 'normal' | 'small' | 'large';
  readonly icon?: IconName;
  /** Busy buttons keep focus and their place, take no second click, and say so. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

export function Button({ look = 'normal', size = 'normal', icon, busy = false, children, className, onClick, ...rest }: ButtonProps) {
  const classes = ['button', look === 'normal' ? '' : look, size === 'normal' ? '' : size, className ?? ''].filter(Boolean).join(' ');
  return (
    <button
      type="button"
      {...rest}
      className={classes}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon !== undefined && <Icon name={icon} size={16} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: IconName;
  readonly label: string;
  readonly keys?: string;
}

export function IconButton({ icon, label, keys, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={keys === undefined ? label : `${label} (${keys})`}
      aria-keyshortcuts={keys}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}
