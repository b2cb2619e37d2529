import { canonicalJson, sha256 } from '../../kernel/hashing.ts'
import { canonicalPlan, type PlanSnapshot } from './snapshot.ts'

/** First 12 hex digits of SHA-256 over the canonical JSON, in groups of four, as on sheets. */
export function planHash(snapshot: PlanSnapshot): string {
  const hex = sha256(canonicalJson(canonicalPlan(snapshot))).slice(0, 12)
  return `${hex.slice(0, 4)} ${hex.slice(4, 8)} ${hex.slice(8)}`
}
