/**
 * What a shut-out device handed over, taken up by somebody with the right (sync rule 22b): first each command without an outcome is refused in its
 * author's name, so that it never runs twice; then it is issued anew by who takes it up, with their rights, under the seed of the original.
 */
import { refuse, refuseFor } from '../../shared/domain/errors.ts'
import type { Session } from '../../shared/core/session.ts'
import { receivedOf } from '../../shared/sync/authority/push.ts'
import { contentOf } from '../../shared/sync/authority/receipts.ts'
import { readHead } from '../../shared/store/sync-log.ts'
import { deriveId, type Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { z } from 'zod'
import { PushEntry } from '../../shared/sync/wire.ts'
import type { Place, Server } from './asked.ts'

const Entries = z.array(PushEntry)

export interface TakenUp {
  applied: number
  /** Refused, in conflict or blocked: kept for who took it up. */
  kept: number
  /** Had an outcome already. */
  known: number
}

export async function takeUp(server: Server, { org, hosted }: Place, by: { user_id: Id; device: string }, { id, decision }: { id: Id; decision: 'take_over' | 'close' }, now: Instant): Promise<TakenUp> {
  const { engine, authority } = hosted
  const [row] = await engine.all('SELECT user_id, device, command FROM sync_aside WHERE org_id = ? AND id = ? AND closed_at IS NULL', [org, id])
  if (!row) throw refuseFor('aside', 'not_found')
  const head = await readHead(engine, org)
  if (!head) throw refuseFor('aside', 'not_found')
  const done: TakenUp = { applied: 0, kept: 0, known: 0 }
  const author: Session = { user_id: String(row['user_id']) as Id, device: String(row['device']), scope: null }
  if (decision === 'take_over') {
    const me: Session = { user_id: by.user_id, device: by.device, scope: null }
    const renamed = new Map<string, Id>()
    for (const { command } of Entries.parse(JSON.parse(String(row['command'])))) {
      const anew = deriveId(command.id, `taken over by ${by.user_id}`)
      const announce: (() => void)[] = []
      try {
        await engine.transaction(async () => {
          const [known] = await engine.all('SELECT actor, outcome FROM command_log WHERE org_id = ? AND id = ?', [org, command.id])
          const [mine] = await engine.all('SELECT 1 AS one FROM command_log WHERE org_id = ? AND id = ?', [org, anew])
          if (known || mine) {
            done.known++
            return
          }
          const original = receivedOf(command)
          await authority.core.deciding.settleInside(original, author, { refusal: refuse('sync.taken_over').failure, payload_hash: contentOf(head.receipt_key, command) })
          const taken = { ...command, id: anew, after: command.after.map((one) => renamed.get(one) ?? one) }
          const settled = await authority.core.deciding.settleInside(receivedOf(taken), me, { payload_hash: contentOf(head.receipt_key, taken) })
          announce.push(settled.announce)
          if (settled.decision.outcome === 'applied') done.applied++
          else done.kept++
        })
        renamed.set(command.id, anew)
        for (const tell of announce) tell()
      } catch (error) {
        // An operation unknown here, say: it stays in the bundle's text, and the rest goes on.
        server.log.unexpected(error, { about: 'taking up', org })
        done.kept++
      }
    }
  }
  await engine.transaction(() => engine.run('UPDATE sync_aside SET closed_at = ? WHERE org_id = ? AND id = ?', [now, org, id]))
  server.organizations.record([org], by, decision === 'take_over' ? 'security.aside.taken' : 'security.aside.closed', { aside: id, of: author.user_id, ...done })
  return done
}
