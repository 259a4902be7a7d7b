import type { AllocationBy, AllocationTargets, AllocationTargetsChange } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { portfolioKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { describeError } from '../../ui/describe-error.ts';
import { showToast } from '../../ui/toast.tsx';
import { targetRows, toTargets } from './target-draft.ts';
import { targetsQuery } from './target-query.ts';

type Targets = AllocationTargetsChange['targets'];

/** Saves at once and says so, with a way back to what stood there before. */
export function useSaveTargets(portfolioId: string, by: AllocationBy) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const key = targetsQuery(portfolioId, by).queryKey;
  const put = async (targets: Targets): Promise<AllocationTargets> => {
    const saved = await api.portfolios.setAllocationTargets(portfolioId, { by, targets });
    client.setQueryData(key, saved);
    await client.invalidateQueries({ queryKey: [...portfolioKey(portfolioId), 'allocation', by] });
    return saved;
  };
  return useMutation({
    mutationFn: async (targets: Targets) => {
      const before = client.getQueryData(key);
      await put(targets);
      return before === undefined ? [] : toTargets(targetRows(before));
    },
    onSuccess: (before, targets) => {
      const undo = (): void => {
        put(before).catch((error: unknown) => {
          showToast({ look: 'danger', text: describeError(error, t).detail });
        });
      };
      showToast({
        look: 'ok',
        text: t(targets.length === 0 ? 'targets.removed' : 'targets.saved'),
        action: { label: t('action.undo'), run: undo },
      });
    },
  });
}
