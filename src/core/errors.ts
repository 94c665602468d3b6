/**
 * The one error that people see. The message says what was done, what was expected, what was found and what to do
 * next; the code is stable, for programs and tests (`data.axes`, `engine.unavailable`, …).
 */
export class LabError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LabError';
    this.code = code;
  }
}
