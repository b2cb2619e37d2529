/** Attached files over HTTP. Whether one is here is only said to who sees a row that names it. */
import { Readable } from 'node:stream'
import { detail, refuse, refuseFor } from '../../shared/domain/errors.ts'
import { webStream } from './answers.ts'
import type { Asked, HandlersOf, Server } from './asked.ts'
import { partsOf } from './body.ts'

type Handled = 'blobs.get' | 'blobs.put'

const CONTENT_RANGE = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/
const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/

/** One range of a file; null: the whole. Refuses what lies outside it. */
function rangeOf(header: string | undefined, size: number): { from: number; to: number } | null {
  const [whole, first = '', last = ''] = RANGE.exec(header ?? '') ?? []
  if (whole === undefined || (first === '' && last === '')) return null
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last))
  if (from > to || from >= size) throw refuse('attachment.offset', detail('Range', 'outside', String(size)))
  return { from, to }
}

export function blobHandlers(server: Server): HandlersOf<Handled> {
  const { blobs, organizations, metrics, settings, log } = server

  async function named(asked: Asked<unknown>): Promise<string> {
    const name = asked.param('sha256')
    if (!blobs.isName(name)) throw refuse('validation.invalid', detail('sha256', 'pattern', '64 hexadecimal digits'))
    const { user_id, device } = asked.caller().holder
    if (!(await asked.place().hosted.authority.namesBlob({ user_id, device }, name))) throw refuseFor('attachment', 'not_found', detail('sha256', 'not_found'))
    return name
  }
  const senderOf = (asked: Asked<unknown>): string => `${asked.caller().holder.user_id} ${asked.caller().holder.device}`

  return {
    async 'blobs.get'(asked) {
      const { org } = asked.place()
      const name = await named(asked)
      const size = await blobs.size(org, name)
      const isHead = asked.c.req.method === 'HEAD'
      if (size === null) {
        if (!isHead) throw refuse('attachment.not_uploaded', detail('sha256', 'awaiting_upload'))
        return new Response(null, { status: 204, headers: { 'upload-offset': String(await blobs.received(org, name, senderOf(asked))) } })
      }
      const headers = new Headers({ 'content-type': 'application/octet-stream', 'content-disposition': 'attachment', 'accept-ranges': 'bytes', etag: `"${name}"` })
      const range = rangeOf(asked.c.req.header('range'), size)
      const { from, to } = range ?? { from: 0, to: size - 1 }
      headers.set('content-length', String(to - from + 1))
      if (range) headers.set('content-range', `bytes ${from}-${to}/${size}`)
      const status = range ? 206 : 200
      if (isHead || size === 0) return new Response(null, { status, headers })
      metrics.count('callboard_blob_bytes_total', { direction: 'down' }, to - from + 1)
      const file = blobs.read(org, name, from, to)
      file.on('error', (error) => log.unexpected(error, { about: 'blob', org }))
      return new Response(webStream(file), { status, headers })
    },
    async 'blobs.put'(asked) {
      const { org } = asked.place()
      const name = await named(asked)
      const encoding = asked.c.req.header('content-encoding')
      if (encoding !== undefined && encoding !== 'identity') throw refuse('validation.invalid', detail('Content-Encoding', 'identity'))
      const said = asked.c.req.header('content-range')
      const length = Number(asked.c.req.header('content-length') ?? Number.NaN)
      const [, first, last, whole] = CONTENT_RANGE.exec(said ?? '') ?? []
      if (said !== undefined && (first === undefined || last === undefined || whole === undefined || Number(last) < Number(first) || Number(last) >= Number(whole)))
        throw refuse('validation.invalid', detail('Content-Range', 'pattern', 'bytes FIRST-LAST/SIZE'))
      if (said === undefined && !Number.isInteger(length)) throw refuse('validation.invalid', detail('Content-Length', 'required'))
      const part = said === undefined ? { offset: 0, size: length } : { offset: Number(first), size: Number(whole) }
      const quota = (await organizations.known(org))?.quota_bytes ?? settings.quota.bytes
      let received = 0
      async function* counted(): AsyncGenerator<Uint8Array> {
        for await (const some of partsOf(asked.c.req.raw.body, settings)) {
          received += some.byteLength
          yield some
        }
      }
      const done = await blobs.put(org, name, senderOf(asked), part, Readable.from(counted()), quota, asked.now)
      metrics.count('callboard_blob_bytes_total', { direction: 'up' }, received)
      return { sha256: name, size: part.size, ...done }
    },
  }
}
