/** Bodies as they come from strangers: bounded before and after unpacking, cut when they crawl, refused when they are not what they say. */
import { promisify } from 'node:util'
import { createGunzip, gunzip } from 'node:zlib'
import { detail, refuse } from '../../shared/domain/errors.ts'
import type { Refusal } from '../../shared/kernel/result.ts'

export interface Pace {
  min_bytes_per_second: number
  body_seconds: number
}

const unpacked = promisify(gunzip)
const invalid = (issue: string): Refusal => refuse('validation.invalid', detail(null, issue))

/** Parts of a body; throws `throttling.too_slow` when, after some seconds, less has come than the least pace, `validation.invalid` when it is cut. */
export async function* partsOf(body: ReadableStream<Uint8Array> | null, pace: Pace): AsyncGenerator<Uint8Array> {
  if (!body) return
  const reader = body.getReader()
  /** Seconds spent waiting for the sender: what is done with the parts meanwhile is not its fault. */
  let waited = 0
  let received = 0
  let whole = false
  try {
    for (;;) {
      /** Until the pace would be missed, if nothing more came. */
      const left = pace.min_bytes_per_second === 0 ? 3600 : Math.max(pace.body_seconds, received / pace.min_bytes_per_second) - waited
      if (left <= 0) throw refuse('throttling.too_slow')
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), left * 1000 + 5)
      })
      const asked = performance.now()
      // Who sends has hung up: that is theirs, and no trouble of this server or its database.
      const read = reader.read().catch(() => Promise.reject(invalid('cut_short')))
      const next = await Promise.race([read, late]).finally(() => clearTimeout(timer))
      waited += (performance.now() - asked) / 1000
      if (next === null) throw refuse('throttling.too_slow')
      if (next.done) {
        whole = true
        return
      }
      received += next.value.byteLength
      yield next.value
    }
  } finally {
    if (!whole) void reader.cancel().catch(() => undefined)
  }
}

/** The whole body, unpacked, at most `most` bytes. */
export async function readBody(request: Request, most: number, pace: Pace): Promise<Buffer> {
  const said = Number(request.headers.get('content-length') ?? 0)
  if (said > most) throw refuse('throttling.too_large', detail(null, 'bytes', String(most), String(said)))
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of partsOf(request.body, pace)) {
    size += part.byteLength
    if (size > most) throw refuse('throttling.too_large', detail(null, 'bytes', String(most)))
    parts.push(part)
  }
  const bytes = Buffer.concat(parts)
  if (said > 0 && said !== size) throw invalid('cut_short')
  const encoding = (request.headers.get('content-encoding') ?? 'identity').toLowerCase()
  if (encoding === 'identity') return bytes
  if (encoding !== 'gzip') throw refuse('validation.invalid', detail(null, 'encoding', 'gzip', encoding.slice(0, 40)))
  try {
    return await unpacked(bytes, { maxOutputLength: most })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw refuse('throttling.too_large', detail(null, 'bytes', String(most)))
    throw invalid('gzip')
  }
}

/** How deep values of a body may nest. */
const DEEPEST = 64
/** Brackets in a row that open, whatever is in texts: a cheap bound before parsing. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let inText = false
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at)
    if (inText) {
      if (letter === 92) at++
      else if (letter === 34) inText = false
    } else if (letter === 34) inText = true
    else if (letter === 91 || letter === 123) {
      if (++depth > DEEPEST) return true
    } else if (letter === 93 || letter === 125) depth--
  }
  return false
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

/** JSON of a body; `validation.invalid` for what is none, or nests beyond reason. */
export async function readJson(request: Request, most: number, pace: Pace): Promise<unknown> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw refuse('validation.invalid', detail(null, 'content_type', 'application/json', type?.slice(0, 60) ?? null))
  const bytes = await readBody(request, most, pace)
  if (bytes.byteLength === 0) return {}
  let text: string
  try {
    text = strictUtf8.decode(bytes)
  } catch {
    throw invalid('utf8')
  }
  if (isTooDeep(text)) throw invalid('too_deep')
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('json')
  }
}

/** Longest line of a stream of facts. */
const LONGEST_LINE = 64 * 1024 * 1024

/** Lines of a streamed body, unpacked as it comes. */
export async function* linesOf(request: Request, most: number, pace: Pace): AsyncGenerator<string> {
  const encoding = (request.headers.get('content-encoding') ?? 'identity').toLowerCase()
  if (encoding !== 'identity' && encoding !== 'gzip') throw refuse('validation.invalid', detail(null, 'encoding', 'gzip', encoding.slice(0, 40)))
  const parts = partsOf(request.body, pace)
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  let size = 0
  const bytes = encoding === 'gzip' ? unzipped(parts) : parts
  try {
    for await (const part of bytes) {
      size += part.byteLength
      if (size > most) throw refuse('storage.quota', detail(null, 'bytes', String(most)))
      rest += decoder.decode(part, { stream: true })
      const lines = rest.split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > LONGEST_LINE) throw refuse('throttling.too_large', detail(null, 'line', String(LONGEST_LINE)))
      for (const line of lines) if (line !== '') yield line
    }
  } finally {
    await bytes.return(undefined)
  }
  rest += decoder.decode()
  if (rest.trim() !== '') yield rest
}

async function* unzipped(parts: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzipping = createGunzip()
  let failed: unknown = null
  const feeding = (async () => {
    try {
      for await (const part of parts) if (!gunzipping.write(part)) await new Promise<void>((go) => gunzipping.once('drain', go).once('close', go))
      gunzipping.end()
    } catch (error) {
      failed = error
      gunzipping.destroy()
    }
  })()
  try {
    for await (const part of gunzipping) yield part as Uint8Array
  } catch (error) {
    throw failed ?? (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_') ? invalid('gzip') : error)
  } finally {
    gunzipping.destroy()
    await parts.return(undefined)
    await feeding
  }
}
