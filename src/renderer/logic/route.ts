/** Where in the app one is, as the part of the address after #. */

export type Page = 'datasets' | 'runs' | 'new-run' | 'network' | 'compare' | 'settings';
/** id: the dataset or run that is open (for a network, its run), or for a new run the dataset to use */
export type Route = { readonly page: Page; readonly id: string | null };

const pages: readonly Page[] = ['datasets', 'runs', 'new-run', 'network', 'compare', 'settings'];

export const titles: Record<Page, string> = {
  datasets: 'Datasets',
  runs: 'Runs',
  'new-run': 'New run',
  network: 'Network',
  compare: 'Compare',
  settings: 'Settings',
};

/** Unknown addresses lead to the datasets. */
export function readRoute(hash: string): Route {
  const [, page, id] = /^#\/([^/]*)(?:\/(.+))?$/.exec(hash) ?? [];
  const known = pages.find((p) => p === page);
  return known ? { page: known, id: id === undefined ? null : decodeURIComponent(id) } : { page: 'datasets', id: null };
}

export function writeRoute(page: Page, id: string | null = null): string {
  return id === null ? `#/${page}` : `#/${page}/${encodeURIComponent(id)}`;
}
