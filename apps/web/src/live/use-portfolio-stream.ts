import type { PortfolioSummary } from '@holdfast/sdk';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { portfolioKey, summaryQuery } from '../api/queries.ts';
import { stream } from './stream.ts';

const FACT_PAUSE_MS = 50;
const VALUE_PAUSE_MS = 2000;

/**
 * Keeps everything about one portfolio current while a page shows it. An order event makes orders, positions, cash and
 * transactions be read anew at once; new values alone only the summary and the positions, every two seconds at most.
 */
export function usePortfolioStream(id: string | null): void {
  const client = useQueryClient();
  useEffect(() => {
    if (id === null) return undefined;
    const facts = pausing(FACT_PAUSE_MS, () => {
      void client.invalidateQueries({ queryKey: portfolioKey(id) });
      void client.invalidateQueries({ queryKey: ['portfolios'] });
    });
    const values = pausing(VALUE_PAUSE_MS, () => {
      void client.invalidateQueries({ queryKey: [...portfolioKey(id), 'positions'] });
      void client.invalidateQueries({ queryKey: [...portfolioKey(id), 'allocation'] });
    });
    const stopOrders = stream.subscribe(`orders:${id}`, (message) => {
      if (message.kind !== 'snapshot') facts.run();
    });
    const stopValues = stream.subscribe(`portfolio:${id}`, (message) => {
      if (message.kind === 'restart') facts.run();
      else if (takeSummary(client, id, message.data)) values.run();
      else facts.run();
    });
    return () => {
      stopOrders();
      stopValues();
      facts.stop();
      values.stop();
    };
  }, [client, id]);
}

/** A portfolio message that carries values goes straight onto the screen. Answers whether it did. */
function takeSummary(client: QueryClient, id: string, data: unknown): boolean {
  if (typeof data !== 'object' || data === null || !('totalValue' in data)) return false;
  client.setQueryData(summaryQuery(id).queryKey, (known) =>
    known === undefined ? known : { ...known, ...(data as Partial<PortfolioSummary>) },
  );
  return true;
}

/** Runs at most once per pause, the first time after the pause, and never after `stop`. */
function pausing(pauseMs: number, action: () => void): { readonly run: () => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return {
    run: () => {
      timer ??= setTimeout(() => {
        timer = null;
        action();
      }, pauseMs);
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
