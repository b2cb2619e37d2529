/** The plain server, in a process of its own: FILE and the table as JSON. Says its port on stdout; ends with its stdin. */
import { createServer } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { createGzip, gunzipSync } from 'node:zlib'
import type { RawRow } from '../../../shared/store/engine.ts'
import { openPlain, type PlainTable } from './plain.ts'

const [file = '', table = ''] = process.argv.slice(2)
const plain = openPlain(file, JSON.parse(table) as PlainTable)

function* linesAfter(position: number): Generator<string> {
  let text: string[] = []
  for (const row of plain.after(position)) {
    text.push(JSON.stringify(row), '\n')
    if (text.length < 1000) continue
    yield text.join('')
    text = []
  }
  yield text.join('')
}

const server = createServer((request, response) => {
  if (request.method === 'HEAD') {
    response.writeHead(200, { 'x-head': String(plain.head()) }).end()
    return
  }
  if (request.method === 'GET') {
    const after = Number(new URL(request.url ?? '/', 'http://plain').searchParams.get('after') ?? 0)
    response.writeHead(200, { 'content-type': 'application/gzip' })
    pipeline(Readable.from(linesAfter(after)), createGzip(), response).catch(() => response.destroy())
    return
  }
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const rows = gunzipSync(Buffer.concat(parts)).toString('utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as RawRow)
    plain.take(rows)
    response.end()
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${JSON.stringify({ port: typeof address === 'object' && address ? address.port : 0 })}\n`)
})
process.stdin.resume().on('end', () => process.exit(0))
