/** A measurement with a page of its own, docs/benchmarks/<name>.md. `npm run bench -- <name>` runs it alone. */
export type Benchmark = {
  readonly name: string;
  readonly title: string;
  /** what is measured and how, for the reader of the page */
  readonly method: string;
  /** the rest of the page, in Markdown */
  readonly measure: () => Promise<string>;
};
