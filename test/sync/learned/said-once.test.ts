/** What is said once is not offered a second time (decision 0011, d): the same input would be refused for ever. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { assignment } from '../../../shared/domain/planning/model.ts'
import { DEADLINE, openAsking, type Asking, type Laptop } from '../../fixtures/asking.ts'

let asking: Asking
let laptop: Laptop
let row: string
let mission: string

beforeEach(async () => {
  asking = await openAsking()
  const planned = await asking.plan(['Inès Morvan'])
  row = planned.rows[0]?.id ?? ''
  mission = planned.mission
  laptop = await asking.laptop(asking.owner.user_id)
})
afterEach(() => asking.close())

const kept = async (id: string) => (await asking.ask('sync.kept', { id })) as { choices: string[]; again: boolean; outcome: string }
async function keptYes(): Promise<string> {
  await laptop.ask('test.accept', { id: row, deadline_at: DEADLINE })
  asking.at('2026-10-23T08:00:00.000Z')
  await asking.push()
  const [{ command } = { command: null }] = await asking.waiting()
  return command?.id ?? ''
}

describe('an answer that came too late', () => {
  it('is kept to be let go, and says that it is not done again', async () => {
    const id = await keptYes()
    expect(await kept(id)).toMatchObject({ outcome: 'rejected', choices: ['left'], again: false })
  })

  it('is not done again by whoever tries, not even in other words', async () => {
    const id = await keptYes()
    for (const more of [{}, { input: { id: row, deadline_at: '2026-10-30T08:00:00.000Z' } }])
      await expect(asking.ask('sync.resolve', { id, choice: 'mine', ...more })).rejects.toThrow('sync.choice')
    expect(await asking.authority.core.reader().need(assignment, row as never)).toMatchObject({ state: 'planned' })
    await asking.ask('sync.resolve', { id, choice: 'left' })
    expect((await asking.ask('sync.kept_list', {}))['items']).toEqual([])
  })

  it('does not follow a command that is done again before it', async () => {
    await laptop.ask('mission.update', { id: mission, version: 1, changes: { title: 'Montage scène' } })
    await laptop.ask('assignment.update', { id: row, version: 1, changes: { notes: 'Vient de loin' } })
    await laptop.ask('test.accept', { id: row, deadline_at: DEADLINE })
    await asking.ask('assignment.update', { id: row, version: 1, changes: { notes: 'Vient de près' } })
    const [, note, yes] = (await asking.waiting()).map(({ command }) => command)
    // Built on the note, by the author's own word.
    if (yes && note) yes.after = [note.id]
    const entries = (await asking.waiting()).map((one) => ({ ...one, prev: null, command: one.command.id === yes?.id ? yes : one.command }))
    await asking.authority.push(entries, { device: 'laptop', actors: new Set([asking.owner.user_id]), app_version: 'test', protocol: 1, waiting: 0 })
    expect(await kept(yes?.id ?? '')).toMatchObject({ outcome: 'blocked', choices: ['left'], again: false })
    expect(await kept(note?.id ?? '')).toMatchObject({ outcome: 'conflict', again: true })
    expect(await asking.ask('sync.resolve', { id: note?.id, choice: 'mine' })).toMatchObject({ still_open: [yes?.id] })
    expect(await asking.authority.core.reader().need(assignment, row as never)).toMatchObject({ notes: 'Vient de loin', state: 'planned' })
  })
})
