import type { IncomingMessage } from 'node:http'

/** Largest JSON call: an import of some ten thousand rows fits. */
export const CALL_LIMIT_BYTES = 32 * 1024 * 1024
/** Largest attachment. */
export const BLOB_LIMIT_BYTES = 100 * 1024 * 1024

/** The request's body, or null as soon as it exceeds `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return null
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part))
    size += bytes.length
    if (size > limit) return null
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}
