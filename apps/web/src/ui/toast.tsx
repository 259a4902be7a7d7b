import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';
import { Button, IconButton } from './button.tsx';
import { Icon } from './icon.tsx';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly look: 'plain' | 'ok' | 'danger';
  readonly action?: { readonly label: string; readonly run: () => void };
}

const SHOWN_MS = 8000;
const listeners = new Set<() => void>();
let toasts: readonly Toast[] = [];
let nextId = 1;

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/**
 * Says something at the edge of the page for eight seconds, and for as long as a pointer or the focus is on it; screen readers hear it at
 * once, refusals before anything else.
 */
export function showToast(toast: Omit<Toast, 'id'>): void {
  const id = nextId++;
  change([...toasts.slice(-3), { ...toast, id }]);
}

export function dismissToast(id: number): void {
  if (toasts.some((toast) => toast.id === id)) change(toasts.filter((toast) => toast.id !== id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toasts">
      <div role="status" className="stack tight">
        {shown
          .filter((toast) => toast.look !== 'danger')
          .map((toast) => (
            <ToastCard key={toast.id} toast={toast} />
          ))}
      </div>
      <div role="alert" className="stack tight">
        {shown
          .filter((toast) => toast.look === 'danger')
          .map((toast) => (
            <ToastCard key={toast.id} toast={toast} />
          ))}
      </div>
    </div>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const { t } = useTranslation();
  const { action, id } = toast;
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => {
      dismissToast(id);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [held, id]);
  const hold = (): void => {
    setHeld(true);
  };
  const release = (): void => {
    setHeld(false);
  };
  return (
    <div className="toast" onPointerEnter={hold} onPointerLeave={release} onFocus={hold} onBlur={release}>
      <span className={toast.look === 'ok' ? 'ok-text' : toast.look === 'danger' ? 'danger-text' : 'faint'}>
        <Icon name={toast.look === 'ok' ? 'check' : toast.look === 'danger' ? 'warning' : 'info'} />
      </span>
      <p className="grow">{toast.text}</p>
      {action !== undefined && (
        <Button
          look="plain"
          size="small"
          onClick={() => {
            dismissToast(toast.id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton
        icon="close"
        label={t('action.dismiss')}
        onClick={() => {
          dismissToast(toast.id);
        }}
      />
    </div>
  );
}
