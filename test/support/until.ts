/** Waits until it is so, 60 s at most. */
export async function until(what: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!what()) {
    if (Date.now() > end) throw new Error('waited 60 s in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
