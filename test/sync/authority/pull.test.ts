/** Facts down (sync rules 18 to 22): what a device holds after any pulls is what the server shows its person, row for row. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '../../../shared/core/session.ts'
import { follow, inOrder, newHolder, openPair, shown, type Pair } from './pair.ts'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres.ts'

const kinds = ['SQLite', 'PostgreSQL'] as const

describe.each(kinds)('what is told, on %s', (kind) => {
  let postgres: TestPostgres | null = null
  let pair: Pair
  beforeAll(async () => {
    if (kind === 'PostgreSQL') postgres = await startPostgres()
    pair = await openPair(postgres)
  }, 120_000)
  afterAll(async () => {
    await pair.close()
    await postgres?.stop()
  })
  const everybody = (): Session[] => pair.world.personas.map(({ session }) => session)

  it('is, for a person of every role, what they see: pages of any size give the rows of the snapshot (rules 19, 20)', async () => {
    for (const session of everybody()) {
      const holder = await follow(pair.authority, newHolder(session), { limit: 7 })
      const { rows, head } = await shown(pair.authority, holder.viewer)
      expect(inOrder(holder.rows), session.user_id).toEqual(inOrder(rows))
      expect(holder.scope).toBe(head.scope)
      expect(holder.cursor).toEqual(head.at)
    }
  })
})
