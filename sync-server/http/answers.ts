/** Answers: JSON and lines, compressed for who takes it; streams wait for their reader. */
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { createGzip, gzip } from 'node:zlib'

const zipped = promisify(gzip)
/** Below this an answer fits one packet as it is. */
const WORTH_ZIPPING = 1_400
/** Four fifths of the gain for half the time. */
const LEVEL = 4
/** Lines gathered before they are handed on. */
const GATHERED = 64 * 1024

const takesGzip = (request: Request): boolean => /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')

export async function jsonAnswer(request: Request, text: string, status: number, headers: Headers): Promise<Response> {
  headers.set('content-type', 'application/json; charset=utf-8')
  headers.set('vary', 'Accept-Encoding')
  if (text.length < WORTH_ZIPPING || !takesGzip(request)) return new Response(text, { status, headers })
  headers.set('content-encoding', 'gzip')
  return new Response(await zipped(text, { level: LEVEL }), { status, headers })
}

async function* gathered(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let text = ''
  for await (const line of lines) {
    text += line.endsWith('\n') ? line : `${line}\n`
    if (text.length < GATHERED) continue
    yield text
    text = ''
  }
  if (text !== '') yield text
}

/** NDJSON as it is made. An error in its midst cuts the connection: the reader misses the trailer. */
export function linesAnswer(request: Request, lines: AsyncIterable<string>, headers: Headers, failed: (error: unknown) => void): Response {
  headers.set('content-type', 'application/x-ndjson; charset=utf-8')
  headers.set('vary', 'Accept-Encoding')
  const source = Readable.from(gathered(lines), { objectMode: false, highWaterMark: 4 * GATHERED })
  source.on('error', failed)
  if (!takesGzip(request)) return new Response(webStream(source), { headers })
  headers.set('content-encoding', 'gzip')
  const packed = source.pipe(createGzip({ level: LEVEL }))
  source.on('error', (error) => packed.destroy(error))
  packed.on('close', () => source.destroy())
  return new Response(webStream(packed), { headers })
}

/** Of Node's readable; its reader leaving destroys it. */
export function webStream(readable: NodeJS.ReadableStream & { destroy?: (error?: Error) => unknown }): ReadableStream<Uint8Array> {
  const parts = readable[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await parts.next()
      if (next.done) controller.close()
      else controller.enqueue(typeof next.value === 'string' ? Buffer.from(next.value) : (next.value))
    },
    async cancel() {
      await parts.return?.()
      readable.destroy?.()
    },
  }, { highWaterMark: 1 })
}
