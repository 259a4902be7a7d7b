import { isApiError, type NewOrder, type OrderPreview, type OrderRefusal } from '@holdfast/sdk';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { portfolioKey } from '../../api/queries.ts';
import { useLater } from '../../ui/use-later.ts';

const PAUSE_MS = 250;
const REFRESH_MS = 2_000;

export interface PreviewState {
  readonly preview: OrderPreview | null;
  readonly refusal: OrderRefusal | null;
  /** True while the answer on screen belongs to what was typed before. */
  readonly checking: boolean;
}

/** Asks the server what the order would do, a quarter of a second after the last key and every two seconds while it stands. */
export function useOrderPreview(portfolioId: string | null, order: NewOrder | null): PreviewState {
  const text = order === null ? '' : JSON.stringify(order);
  const settled = useLater(text, PAUSE_MS);
  const enabled = portfolioId !== null && settled !== '';
  const query = useQuery({
    queryKey: [...portfolioKey(portfolioId ?? ''), 'preview', settled],
    enabled,
    staleTime: 0,
    retry: false,
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.orders.preview(portfolioId ?? '', JSON.parse(settled) as NewOrder, signal),
  });
  const asked = text !== '' && enabled;
  const { data, error } = query;
  const failed = isApiError(error) && error.status === 422 ? asRefusal(error) : null;
  return {
    preview: asked && error === null ? (data ?? null) : null,
    refusal: asked ? (failed ?? (error === null ? (data?.refusal ?? null) : null)) : null,
    checking: asked && (text !== settled || query.isPlaceholderData || query.isPending),
  };
}

function asRefusal(error: { readonly code: string; readonly problem: { readonly detail: string } }): OrderRefusal {
  return { code: error.code, detail: error.problem.detail };
}
