/** How long work goes on as it went so far; null while too little is done to tell. */
export function secondsLeft(share: number, secondsSoFar: number): number | null {
  const least = { share: 0.02, seconds: 1 };
  if (share < least.share || secondsSoFar < least.seconds) return null;
  return (secondsSoFar * (1 - share)) / share;
}
