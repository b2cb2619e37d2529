import { canonicalJson, sha256 } from '../../kernel/hashing.ts'
import type { SheetSnapshot } from './snapshot.ts'

/** First 12 hex digits of SHA-256 over the canonical JSON of the snapshot, in groups of four: `9f3c a71e 04bd`. */
export function contentHash(snapshot: SheetSnapshot): string {
  const hex = sha256(canonicalJson(snapshot)).slice(0, 12)
  return `${hex.slice(0, 4)} ${hex.slice(4, 8)} ${hex.slice(8)}`
}
