import { hmacSha256 } from './hashing.ts'
import type { Id } from './id-form.ts'

export { isId, type Id } from './id-form.ts'

/** The id of what `label` names under `seed`: HMAC-SHA-256 shaped as UUIDv4 (sync rule 2). Same seed and label, same id. */
export function deriveId(seed: string, label: string): Id {
  const bytes = hmacSha256(seed, label).subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id
}
