/** What the stand-in tells the test, and what the test asks of it, over Node's channel between processes. */
export type Told =
  | { type: 'window'; webPreferences: Record<string, unknown> }
  | { type: 'shown' }
  | { type: 'window-open'; url: string; action: string }
  | { type: 'navigation'; url: string; allowed: boolean }
  | { type: 'dialog'; kind: string; options: Record<string, unknown> }
  | { type: 'opened'; what: string }
  | { type: 'page-error'; text: string }
  | { type: 'answer'; id: number; value?: unknown; error?: string };

export type Asked =
  /** runs an expression in the page */
  | { type: 'evaluate'; id: number; expression: string }
  /** asks the app's permission handlers */
  | { type: 'permission'; id: number; name: string }
  /** what the next dialog answers */
  | { type: 'dialog-answer'; value: Record<string, unknown> }
  | { type: 'menu'; item: string }
  | { type: 'quit' };
