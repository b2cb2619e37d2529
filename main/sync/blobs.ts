/**
 * Attached files between this computer and its server (sync rule 33): up once the server knows a row that names them, by parts that go on
 * where they were cut; down in the background for what the person sees, within a budget, and at once when somebody opens one. Nothing
 * here removes a file: upkeep does, when no row, no unsent command and no backup names it.
 */
import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Id } from '../../shared/kernel/ids.ts'
import { fromSystem } from '../../shared/store/engine.ts'
import { namedBlobs } from '../../shared/store/named-blobs.ts'
import { syncToDisk } from '../../shared/store/organization-file.ts'
import type { Reply } from '../../shared/sync/contracts.ts'
import { BlobTaken } from '../../shared/sync/server-wire.ts'
import { isBlobName, pathOf, readBlobPart, sizeOfBlob } from '../host/blobs.ts'
import { hashOfFile } from '../host/copies.ts'
import type { OrganizationPaths } from '../host/data-folder.ts'
import { problem, type Problem } from './http.ts'
import type { ServerWay } from './servers.ts'
import type { OpenView } from './views.ts'

const PART_BYTES = 4 * 1024 * 1024
/** Bytes of one pass: rounds of commands are not kept waiting by large files. */
const BUDGET_BYTES = 24 * 1024 * 1024
const CONFIRMED = 'sent-files.txt'
/** Files that one pass asks the server about again, of those it is known to have. */
const ASKED_AGAIN = 20

export interface BlobExchange {
  /** Files still to go up and to come down, of all views, as of the last pass. */
  counts(): { up: number; down: number }
  /** One pass for a person's view. `left`: more is to be done. */
  pass(view: OpenView): Promise<{ left: boolean; trouble: Problem | null }>
  /** Fetches one file now; false: the server does not have it (yet). */
  fetch(user: Id, sha256: string): Promise<Reply<boolean>>
}

const listOf = (folder: string): string => join(folder, CONFIRMED)
/** Files that the server is known to have, by the organization's folder. */
export const confirmedFiles = (folder: string): Set<string> => new Set(existsSync(listOf(folder)) ? readFileSync(listOf(folder), 'utf8').split('\n').filter(isBlobName) : [])

export function openBlobExchange(org: Id, way: ServerWay, paths: OrganizationPaths): BlobExchange {
  const confirmed = confirmedFiles(paths.folder)
  const counted = new Map<Id, { up: number; down: number }>()
  /** Not asked for again before something changed: the server has no such row or no such bytes. */
  const absent = new Set<string>()
  /** By person: asked about since this program began, and named ever since. */
  const askedAgain = new Map<Id, Set<string>>()
  const path = (sha256: string): string => `/api/v1/orgs/${org}/blobs/${sha256}`

  function confirm(sha256: string): void {
    confirmed.add(sha256)
    appendFileSync(listOf(paths.folder), `${sha256}\n`)
  }
  /**
   * A server that lost a file, or cleared it before a row of another computer named it again, awaits it: it goes up once more. A few at a time,
   * each once for as long as it is named.
   */
  async function askAgain(user: Id, named: ReadonlySet<string>): Promise<void> {
    const asked = new Set([...(askedAgain.get(user) ?? [])].filter((sha256) => named.has(sha256)))
    askedAgain.set(user, asked)
    for (const sha256 of [...named].filter((one) => confirmed.has(one) && !asked.has(one) && sizeOfBlob(paths.blobs, one) !== null).slice(0, ASKED_AGAIN)) {
      const reply = await way.sessions.ask(user, (token) => way.http.raw({ method: 'HEAD', path: path(sha256), token }, [200, 204, 404]))
      if (!reply.ok) return
      await reply.value.drop()
      if (reply.value.status === 204) {
        confirmed.delete(sha256)
        writeFileSync(listOf(paths.folder), [...confirmed].map((one) => `${one}\n`).join(''), { flush: true })
      } else asked.add(sha256)
    }
  }
  /** Answers the bytes sent; null: the server knows no row that names it yet. */
  async function send(user: Id, sha256: string): Promise<Reply<number | null>> {
    const size = sizeOfBlob(paths.blobs, sha256) ?? 0
    const asked = await way.sessions.ask(user, (token) => way.http.raw({ method: 'HEAD', path: path(sha256), token }, [200, 204, 404]))
    if (!asked.ok) return asked
    await asked.value.drop()
    if (asked.value.status === 404) return { ok: true, value: null }
    if (asked.value.status === 200) {
      confirm(sha256)
      return { ok: true, value: 0 }
    }
    let sent = 0
    for (let offset = Math.min(size, Number(asked.value.header('upload-offset') ?? 0) || 0); ; ) {
      const bytes = readBlobPart(paths.blobs, sha256, offset, PART_BYTES)
      if (bytes === null) return { ok: true, value: null }
      const last = offset + bytes.byteLength
      const range = size === 0 ? {} : { 'content-range': `bytes ${offset}-${last - 1}/${size}` }
      const reply = await way.sessions.ask(user, (token) => way.http.json({ method: 'PUT', path: path(sha256), token, bytes, headers: range }, BlobTaken))
      if (!reply.ok) return reply
      sent += bytes.byteLength
      if (reply.value.whole) break
      // What the server has counts; a part that moved nothing on would be sent for ever.
      if (reply.value.received <= offset) return problem('server', 'attachment.offset')
      offset = reply.value.received
    }
    confirm(sha256)
    return { ok: true, value: sent }
  }
  /** Answers the bytes received; null: the server does not have it for this person (yet). */
  async function receive(user: Id, sha256: string): Promise<Reply<number | null>> {
    const target = pathOf(paths.blobs, sha256)
    const draft = `${target}.coming`
    mkdirSync(dirname(target), { recursive: true })
    let from = statSync(draft, { throwIfNoEntry: false })?.size ?? 0
    const asked = await way.sessions.ask(user, (token) => way.http.raw({ method: 'GET', path: path(sha256), token, ...(from === 0 ? {} : { headers: { range: `bytes=${from}-` } }) }, [200, 206, 404, 416, 422]))
    if (!asked.ok) return asked
    if (asked.value.status === 404 || asked.value.status === 422) {
      await asked.value.drop()
      return { ok: true, value: null }
    }
    let received = 0
    if (asked.value.status === 416) await asked.value.drop()
    else {
      if (asked.value.status === 200) from = 0
      const handle = openSync(draft, from === 0 ? 'w' : 'a')
      try {
        for await (const part of asked.value.body()) {
          // All of it, also where a disk that is nearly full takes less at a time.
          writeFileSync(handle, part)
          received += part.byteLength
        }
      } catch (error) {
        const known = fromSystem(error)
        if (known !== error) throw known
        return problem('offline', 'http.cut')
      } finally {
        closeSync(handle)
      }
    }
    if (hashOfFile(draft) !== sha256) {
      // Whole and wrong: begun again from nothing. Cut: goes on the next time.
      const whole = Number(asked.value.header('content-range')?.split('/')[1] ?? asked.value.header('content-length') ?? 0)
      if (asked.value.status === 416 || (statSync(draft).size >= whole && whole > 0)) rmSync(draft, { force: true })
      return problem('offline', 'http.cut')
    }
    syncToDisk(draft)
    renameSync(draft, target)
    confirm(sha256)
    return { ok: true, value: received }
  }

  return {
    counts: () => [...counted.values()].reduce((sum, { up, down }) => ({ up: Math.max(sum.up, up), down: Math.max(sum.down, down) }), { up: 0, down: 0 }),
    async pass({ user, file }) {
      const named = await namedBlobs(file.readEngine, org)
      const here = (sha256: string): boolean => sizeOfBlob(paths.blobs, sha256) !== null
      await askAgain(user, named)
      const up = [...named].filter((sha256) => here(sha256) && !confirmed.has(sha256))
      const down = [...named].filter((sha256) => !here(sha256))
      const count = (): void => void counted.set(user, { up: up.filter((one) => !confirmed.has(one)).length, down: down.filter((one) => !here(one)).length })
      count()
      let budget = BUDGET_BYTES
      let full: Problem | null = null
      for (const [files, work] of [[up, send], [down, receive]] as const)
        for (const sha256 of files) {
          if (budget <= 0) return { left: true, trouble: null }
          const key = `${user} ${sha256}`
          if (absent.has(key)) continue
          const reply = await work(user, sha256)
          if (!reply.ok) {
            count()
            if (reply.problem === 'server_full') full = reply
            // One that is refused (a quota, a wrong offset, no room) does not hold up the others.
            if (reply.problem === 'refused' || reply.problem === 'server' || reply.problem === 'server_full') {
              absent.add(key)
              continue
            }
            return { left: true, trouble: reply }
          }
          if (reply.value === null) absent.add(key)
          else budget -= reply.value
        }
      count()
      // Looked at again with the next pass that a change of rows brings.
      absent.clear()
      return { left: false, trouble: full }
    },
    async fetch(user, sha256) {
      const reply = await receive(user, sha256)
      return reply.ok ? { ok: true, value: reply.value !== null } : reply
    },
  }
}
