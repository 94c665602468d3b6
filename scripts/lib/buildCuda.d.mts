export type CudaBuild = { built: true; seconds: number; skipped?: undefined } | { skipped: string };

export function buildCuda(options: { root: string; force?: boolean; starting?: () => void }): Promise<CudaBuild>;
