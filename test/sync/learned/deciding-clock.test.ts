/** Whose clock says whether an answer came in time (decision 0011, b; sync rule 34). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deriveId, type Id } from '../../../shared/kernel/ids.ts'
import { findCommand } from '../../../shared/store/command-log.ts'
import { receivedOf } from '../../../shared/sync/authority/push.ts'
import { DEADLINE, openAsking, type Asking, type Laptop } from '../../fixtures/asking.ts'

const IN_TIME = '2026-10-22T11:00:00.000Z'
const TOO_LATE = '2026-10-22T13:00:00.000Z'
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
  asking.at(IN_TIME)
})
afterEach(() => asking.close())

const stateOn = async (from: Pick<Laptop, 'ask'> | Asking): Promise<unknown> => (await from.ask('assignment.get', { id: row }))['state']
const yes = () => ({ id: row, deadline_at: DEADLINE })

describe('a deadline', () => {
  it('is judged by the clock of the authority when it decides, never by the author’s', async () => {
    await laptop.ask('test.accept', yes())
    asking.at(TOO_LATE)
    await asking.push()
    const [sent] = await asking.waiting()
    expect(await findCommand(asking.file.engine, asking.org, sent?.command.id ?? '')).toMatchObject({ issued_at: IN_TIME, outcome: 'rejected', answer: { failure: { code: 'assignment.transition_rejected' } } })
    expect(await stateOn(asking)).toBe('planned')
  })

  it('is met, on a replica, by what was issued in time, however late its view is rebased', async () => {
    expect(await laptop.ask('test.accept', yes())).toEqual({ decided_at: IN_TIME })
    asking.at(TOO_LATE)
    // The row under the answer is another now: the view puts it back and performs the answer again.
    await asking.ask('assignment.update', { id: row, version: 1, changes: { notes: 'Vient de loin' } })
    await asking.pull(laptop)
    expect(await laptop.ask('assignment.get', { id: row })).toMatchObject({ state: 'accepted', notes: 'Vient de loin' })
    expect(await laptop.replica.state()).toMatchObject({ waiting: 1, failing: 0 })
  })

  it('is met by what a receipt says was applied, whenever a restored server does it again', async () => {
    const restored = await asking.twin()
    await laptop.ask('test.accept', yes())
    await asking.push()
    expect(await stateOn(asking)).toBe('accepted')
    const [sent] = await asking.waiting()
    if (!sent) throw new Error('nothing was issued')
    asking.at(TOO_LATE)
    const { authority, file } = restored
    const again = async (id: Id, trusted: boolean) => (await file.engine.transaction(() => authority.core.deciding.settleInside(receivedOf({ ...sent.command, id }), asking.owner, { trusted }))).decision
    expect(await again(deriveId('asking', 'offered for the first time'), false)).toMatchObject({ outcome: 'rejected' })
    expect(await again(sent.command.id, true)).toMatchObject({ outcome: 'applied' })
    expect(await findCommand(file.engine, asking.org, sent.command.id)).toMatchObject({ answer: { decided_at: IN_TIME } })
  })

  it('is judged by the laptop’s own clock when its person answers there, as nobody else can yet', async () => {
    asking.at(TOO_LATE)
    await expect(laptop.ask('test.accept', yes())).rejects.toThrow('transition_rejected')
    expect(await laptop.ask('mission.get', { id: mission })).toMatchObject({ title: 'Montage' })
  })
})
