/** What people who are asked, and who ask, may count on once everything has come to rest. */
import { acceptByVoice, acceptFor, acceptOwn, declineFor, declineOwn } from '../../../shared/domain/engagement/operations.ts'
import { timerId } from '../../../shared/core/timers.ts'
import { logOf } from './entered.ts'
import { LawBroken, type Law } from './evidence.ts'
import { org } from './world.ts'

interface Asked {
  id: string
  assignment_id: string
  state: string
  asked_at: string | null
  deadline_at: string
}

const yes: ReadonlySet<string> = new Set([acceptOwn.name, acceptFor.name, acceptByVoice.name])
const answers: ReadonlySet<string> = new Set([acceptOwn.name, acceptFor.name, declineOwn.name, declineFor.name])

export const engagementLaw: Law = {
  name: 'engagement',
  judge({ server: { database }, issued, since, restored, clocked }) {
    const asked = new Map(database.prepare<[string], Asked>('SELECT id, assignment_id, state, asked_at, deadline_at FROM acceptance WHERE org_id = ? AND deleted_at IS NULL').all(org).map((one) => [one.id, one]))
    const states = new Map(database.prepare<[string], { id: string; state: string }>('SELECT id, state FROM assignment WHERE org_id = ?').all(org).map(({ id, state }) => [id, state]))

    const open = new Map<string, string>()
    for (const { id, assignment_id, state } of asked.values()) {
      if (state !== 'draft' && state !== 'pending') continue
      const other = open.get(`${assignment_id} ${state}`)
      if (other !== undefined) throw new LawBroken('of one engagement one question is open', `${other} and ${id} are both ${state}`)
      if (states.get(assignment_id) === 'canceled') throw new LawBroken('nobody is waited for about work that is canceled', `${id} is ${state}`)
      open.set(`${assignment_id} ${state}`, id)
    }
    for (const { id, state, asked_at } of asked.values())
      if (state === 'expired' && asked_at === null) throw new LawBroken('nobody is late who was not told', id)
    for (const [id, state] of states) {
      const own = [...asked.values()].filter(({ assignment_id, asked_at }) => assignment_id === id && asked_at !== null)
      if ((state === 'accepted' || state === 'confirmed') && own.length > 0 && !own.some((one) => one.state === 'accepted')) throw new LawBroken('who is said to come has said so', `${id} is ${state}, asked: ${own.map((one) => one.state).join(', ')}`)
    }

    for (const line of logOf(database, since)) {
      const made = issued.get(line.id)
      if (!made || (!yes.has(line.name) && !answers.has(line.name))) continue
      const { id, acceptance_id } = made.command.input as { id: string; acceptance_id?: string }
      if (line.outcome === 'applied') {
        if (!yes.has(line.name)) continue
        const said = acceptance_id === undefined ? [...asked.values()].filter((one) => one.assignment_id === id) : [asked.get(acceptance_id)]
        if (!said.some((one) => one?.state === 'accepted')) throw new LawBroken('no yes is lost', `${line.name} ${line.id}: ${said.map((one) => one?.state).join(', ')}`)
        continue
      }
      const question = acceptance_id === undefined ? undefined : asked.get(acceptance_id)
      if (!question || restored) continue
      const answer = database.prepare<[string, string], { answer: string }>('SELECT answer FROM command_log WHERE org_id = ? AND id = ?').get(org, line.id)?.answer ?? ''
      if (answer.includes('acceptance.deadline_passed') && question.asked_at === null) throw new LawBroken('nobody is late who was not told', `${line.name} ${line.id}`)
      if (!clocked) continue
      const noted = database.prepare<[string, string, string], { outcome: string }>("SELECT outcome FROM command_log WHERE org_id = ? AND id = ? AND actor_kind = 'system' AND actor = ?").get(org, timerId(org, `late:${line.id}`), org)
      if (noted?.outcome !== 'applied') throw new LawBroken('an answer that could not be taken stands beside its question', `${line.name} ${line.id}: ${answer}`)
    }
    return Promise.resolve()
  },
}
