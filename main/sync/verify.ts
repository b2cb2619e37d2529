/** Comparing what is here with the server, and fetching again what differs (sync rule 23): bounded, and what was found otherwise stays written down. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { entities } from '../../shared/domain/registry.ts'
import { rowsAfter } from '../../shared/store/replica-store.ts'
import type { Reply, Transport } from '../../shared/sync/contracts.ts'
import { digestOfRow } from '../../shared/sync/digests.ts'
import { readEntity } from '../../shared/sync/exchange.ts'
import { stampOf } from '../host/backups.ts'
import { problem } from './http.ts'
import type { OpenView } from './views.ts'

export interface Comparison {
  /** False: the server has gone on meanwhile; it is asked again later. */
  comparable: boolean
  /** Entities that differed and were fetched again. */
  differing: string[]
}

/** More than so many kinds of records differing at once is no accident of one row: the rest is looked at the next time. */
const MOST_REPAIRS = 5

/** Evidence names rows and digests, never what stands in them. */
async function keepEvidence(folder: string, view: OpenView, entity: string, rows: readonly unknown[], now: string): Promise<void> {
  const known = entities.get(entity)
  if (!known) return
  const here = new Map<string, string>()
  for (let after = ''; ; ) {
    const page = await rowsAfter(view.file.readEngine, view.replica.org, known, after, 1000)
    for (const { org_id: _org, ...row } of page) here.set(String(row['id']), digestOfRow(row))
    if (page.length < 1000) break
    after = String(page.at(-1)?.['id'])
  }
  const there = new Map<string, string>()
  for (const change of rows) if (typeof change === 'object' && change !== null && 'row' in change && 'id' in change) there.set(String(change.id), digestOfRow(change.row as Record<string, unknown>))
  const differing = [...new Set([...here.keys(), ...there.keys()])].filter((id) => here.get(id) !== there.get(id)).slice(0, 1000)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${stampOf(now)}-${entity}.json`), JSON.stringify({ at: now, user: view.user, entity, rows: differing.map((id) => ({ id, here: here.get(id) ?? null, server: there.get(id) ?? null })) }, null, 2))
}

export async function compare(view: OpenView, transport: Transport, folder: string, now: () => string): Promise<Reply<Comparison>> {
  const { replica, user } = view
  if (await replica.empty()) return { ok: true, value: { comparable: false, differing: [] } }
  const reply = await transport.verify(await replica.verifyRequest(), user)
  if (!reply.ok) return reply
  const { comparable, differing } = reply.value
  if (!comparable) return { ok: true, value: { comparable, differing: [] } }
  const repaired: string[] = []
  for (const entity of differing.slice(0, MOST_REPAIRS)) {
    const lines = await transport.snapshot(user, entity)
    if (!lines.ok) return lines
    const read = await readEntity(lines.value)
    if (!read) return problem('offline', 'http.cut')
    await keepEvidence(folder, view, entity, read.rows, now())
    await replica.repair(entity, read.rows, read.head.at)
    repaired.push(entity)
  }
  return { ok: true, value: { comparable, differing: repaired } }
}
