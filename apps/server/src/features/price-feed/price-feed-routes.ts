import * as contract from '@holdfast/contract/price-feed';
import { serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { listProviders } from './list-providers.ts';
import type { ProviderReader } from './list-providers.ts';

export function bindPriceFeedRoutes(context: ServeContext, reader: ProviderReader): void {
  serve(context, contract.listProviders, () => listProviders(reader));
}
