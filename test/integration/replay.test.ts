import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { entities } from '../../shared/domain/registry.ts'
import { openTestOrganization } from '../fixtures/core.ts'
import { drawFrom } from '../fixtures/draw.ts'
import { walk, type Step } from '../fixtures/walk.ts'
import { buildWorld } from '../fixtures/world.ts'

const tables = [...entities.keys(), 'audit_event', 'audit_head', 'command_log', 'person_key', 'search_row']

async function dump(seed: string, script?: readonly Step[]): Promise<{ tables: Record<string, string>; head: unknown; steps: Step[] }> {
  const app = await openTestOrganization({ seed, steady: true })
  try {
    await buildWorld(app)
    let steps: Step[]
    if (script) {
      steps = []
      for (const { name, input, id } of script) steps.push({ name, input, id, answer: await app.core.execute({ name, input, id }, app.owner) })
    } else steps = await walk(app, drawFrom(31), 250)
    const digests: Record<string, string> = {}
    for (const table of tables) {
      const rows = await app.file.readEngine.all(`SELECT * FROM ${table} ORDER BY 1, 2`, [])
      digests[table] = `${rows.length} ${createHash('sha256').update(JSON.stringify(rows)).digest('hex')}`
    }
    return { tables: digests, head: await app.ask('audit.verify', {}), steps }
  } finally {
    await app.close()
  }
}

describe('the same calls on an empty file', () => {
  it('make the same rows, ids, sealed bytes, records and audit hashes', async () => {
    const first = await dump('replay')
    const second = await dump('replay', first.steps)
    expect(second.tables).toEqual(first.tables)
    expect(second.head).toEqual(first.head)
    expect(first.head).toMatchObject({ whole: true })
    expect(second.steps.map(({ answer }) => answer)).toEqual(first.steps.map(({ answer }) => answer))
  })

  it('differ as soon as the randomness of the keys or the clock does', async () => {
    const first = await dump('replay')
    const other = await dump('replay other')
    expect(other.tables['audit_event']).not.toBe(first.tables['audit_event'])
  })
})
