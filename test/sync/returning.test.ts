/** What a view brings back after restores of its server, and which numbers it still knows of rows that left it (sync rules 22b', 30). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deriveId, type Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { openMemoryFile } from '../../shared/store/replica-file.ts'
import { dropRow, findPending, keepSettled, layShadow, putRow, returnedPending, dropSettled } from '../../shared/store/replica-store.ts'
import { numberSchema, openNumberList } from '../../shared/store/number-list.ts'
import { entityNamed } from '../../shared/domain/registry.ts'
import '../../shared/core/handlers.ts'
import { keepNumbersOf, knownNumbers } from '../../shared/sync/replica/numbers.ts'
import { bringBack, offerAgain } from '../../shared/sync/replica/returning.ts'
import type { Outcome } from '../../shared/store/command-log.ts'
import { bytesOf, type WireCommand } from '../../shared/sync/wire.ts'

const org = deriveId('returning', 'org')
const user = deriveId('returning', 'user')
const at = '2026-10-20T08:00:00.000Z' as Instant
let file: ReturnType<typeof openMemoryFile>
beforeEach(() => {
  file = openMemoryFile('replica')
})
afterEach(() => file.close())

const idOf = (name: string): Id => deriveId('returning', name)
async function settled(name: string, epoch: number, seq: number, outcome: Outcome = 'applied'): Promise<void> {
  const id = idOf(name)
  const command: WireCommand = { id, name: 'party.create', v: 1, input: null, record: { rows: [] }, after: [], seed: id, issued_at: at, correlation_id: name, group_id: null }
  await keepSettled(file.engine, org, { id, seq, epoch, outcome, converged: [], receipt: JSON.stringify({ command_id: id, epoch, seq, outcome, signature: '' }), command: bytesOf(command), settled_at: at })
}
const back = async (): Promise<string[]> => (await returnedPending(file.engine, org)).map(({ bytes }) => (JSON.parse(bytes) as WireCommand).correlation_id)

describe('after a restore of its server a view', () => {
  it('brings back what was decided in a lost epoch, though its place counts lower than the restored state', async () => {
    await settled('kept', 1, 8)
    await settled('after the copy', 1, 14)
    await settled('in the lost epoch', 2, 9)
    await bringBack(file.engine, org, user, [{ epoch: 1, seq: 12 }])
    expect(await back()).toEqual(['after the copy', 'in the lost epoch'])
  })

  it('keeps the order over two restores: what came back before, and has no outcome yet, stands with what comes back now', async () => {
    await settled('first', 1, 20)
    await bringBack(file.engine, org, user, [{ epoch: 1, seq: 12 }])
    await settled('second', 2, 15)
    await settled('before both', 1, 14)
    await bringBack(file.engine, org, user, [{ epoch: 1, seq: 12 }])
    expect(await back()).toEqual(['before both', 'first', 'second'])
    const positions = (await returnedPending(file.engine, org)).map(({ position }) => position)
    expect(new Set(positions).size).toBe(3)
    expect(Math.max(...positions)).toBeLessThan(0)
  })

  it('offers them with their receipts, by portions, and forgets none of them for its age', async () => {
    for (let n = 0; n < 205; n++) await settled(`c${String(n).padStart(3, '0')}`, 1, 20 + n, n === 3 ? 'conflict' : 'applied')
    await bringBack(file.engine, org, user, [{ epoch: 1, seq: 12 }])
    await dropSettled(file.engine, org, { before: '2027-10-20T08:00:00.000Z' as Instant })
    expect(await findPending(file.engine, org, idOf('c003'))).toMatchObject({ outcome: 'conflict' })
    for (const statement of numberSchema) await file.engine.script(statement)
    const gone = openNumberList(file.engine)
    const number = { entity: 'plan_publication', id: idOf('of a view that is gone'), field: 'number', number: 7, series: idOf('project') }
    await gone.keep([number])
    const first = await offerAgain(file.engine, org, user, 2, null, gone)
    expect([first.commands.length, first.done, first.numbers]).toEqual([200, false, [number]])
    const rest = await offerAgain(file.engine, org, user, 2, first.commands.at(-1)?.command.id ?? null, gone)
    expect([rest.commands.length, rest.done]).toEqual([5, true])
    expect(rest.commands.every(({ receipt, command }) => receipt.command_id === command.id)).toBe(true)
  })

  it('knows the numbers of rows that left it, and none that is only foreseen', async () => {
    const entity = entityNamed('plan_publication')
    const row = (name: string, number: number) => ({ org_id: org, id: idOf(name), project_id: idOf('project'), number, version: 1, deleted_at: null })
    for (const [name, number] of [['here', 3], ['gone', 4], ['foreseen', 5]] as const) await putRow(file.engine, org, entity, row(name, number))
    await keepNumbersOf(file.engine, org, 'plan_publication', row('gone', 4))
    await dropRow(file.engine, org, entity, idOf('gone'))
    await layShadow(file.engine, org, { entity: 'plan_publication', id: idOf('foreseen'), row: null })
    const known = await knownNumbers(file.engine, org)
    expect(known.map(({ id, number, series }) => [id, number, series]).sort((a, b) => Number(a[1]) - Number(b[1]))).toEqual([[idOf('here'), 3, idOf('project')], [idOf('gone'), 4, idOf('project')]])
    // Of a row that left, its number and what it runs in, nothing else.
    const [kept] = await file.engine.all('SELECT * FROM replica_number', [])
    expect(kept).toEqual({ org_id: org, entity: 'plan_publication', id: idOf('gone'), field: 'number', number: '4', series: idOf('project') })
  })
})
