/**
 * Householder's I − τ v vᵀ that sends a vector with head x₁ and squared norm `squares` to (β, 0, …). Only the head of
 * v differs from the vector: v₁ = x₁ − β, with the sign of β against cancellation. τ = 0 for a vector of zeros.
 */
export function reflector(head: number, squares: number): { beta: number; first: number; tau: number } {
  const norm = Math.sqrt(squares);
  const beta = head > 0 ? -norm : norm;
  return { beta, first: head - beta, tau: norm === 0 ? 0 : 1 / (squares + Math.abs(head) * norm) };
}
