/** How a list of the administration is looked at, as it stands in the address. What a list does not know it leaves alone. */
export interface AdminAddress {
  readonly search?: string | undefined;
  /** The one kind of rows to show: a role, a state, a source. */
  readonly kind?: string | undefined;
  readonly sort?: string | undefined;
  /** Where kind is taken: a state besides. */
  readonly state?: string | undefined;
  readonly user?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface AdminViewProps {
  readonly address: AdminAddress;
  readonly onAddress: (address: AdminAddress) => void;
}

/** How to see everything again; nothing where nothing is left out. */
export function clearOf({ address, onAddress }: AdminViewProps): (() => void) | undefined {
  if (Object.values(address).every((value) => value === undefined)) return undefined;
  return () => {
    onAddress({});
  };
}
