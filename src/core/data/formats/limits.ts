/** All limits on what a file may ask for: the one place where they are set. */

/** Deflate cannot shrink by more than this; what claims more lies. */
export const largestRatio = 1032;

export const limits = {
  /** bytes of numbers, texts and unpacked content that one reading of a file may make */
  bytes: 4 * 1024 ** 3,
  /** bytes of an array that is read unasked beside others: more than a dataset can hold */
  array: 2 * 1024 ** 3,
  /**
   * what counts for a value beyond its content, in bytes: a list, a dictionary or an array, and anything smaller. JavaScript
   * takes half of it, so that it is never short of its own memory (`readerLimits.heapMb`), which can end the program.
   */
  object: 512,
  scalar: 64,
  /** elements that the sparse matrices of a file may fill together */
  sparse: 2 ** 24,
  /** levels of lists and dictionaries in one another */
  depth: 64,
  /** values that are described one by one; more are counted only */
  described: 20_000,
  /** characters of a text in a description */
  text: 200,
  /** bytes that are taken from a file at a time */
  chunk: 4 * 1024 ** 2,
} as const;

/** For the thread that reads (`platform/workers`). */
export const readerLimits = {
  /** of JavaScript's own memory, without arrays, which `limits.bytes` bounds */
  heapMb: 2048,
  /** without any byte read or number made, the reading is given up */
  stalledSeconds: 60,
  /** bytes of a file that is read; larger ones are not opened */
  file: 64 * 1024 ** 3,
} as const;
