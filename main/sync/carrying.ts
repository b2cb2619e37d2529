/** What this computer carries for others goes to the server when it is reached, parcel by parcel, until the server has answered for each command. */
import type { Id } from '../../shared/kernel/ids.ts'
import { DAY, toMs, type Instant } from '../../shared/kernel/instants.ts'
import type { OutboxFile } from '../../shared/store/outbox-file.ts'
import type { Reply } from '../../shared/sync/contracts.ts'
import { WireParcel } from '../../shared/sync/server-wire.ts'
import type { PushAnswer } from '../../shared/sync/wire.ts'
import type { Journal } from '../host/journal.ts'
import type { z } from 'zod'

export interface Delivered {
  /** Commands the server took. */
  taken: number
  /** Commands it will not take from here: taken out of every view. */
  refused: number
  /** Why it stopped; null: everything was offered. */
  trouble: Extract<Reply<never>, { ok: false }> | null
}

const STALE_MS = 30 * DAY

/**
 * What came from another computer, was never heard of again, and is not here to be delivered: its computer was lost, or nobody knew its
 * signature. After 30 days it is shown no more; the server may still come to know it. Answers how many.
 */
export async function forgetStale(outbox: OutboxFile, now: Instant): Promise<number> {
  const waiting = new Set((await outbox.carried.parcels()).flatMap(({ open }) => open))
  const stale = (await outbox.heads()).filter(({ id, carried, issued_at }) => carried && !waiting.has(id) && toMs(now) - toMs(issued_at) > STALE_MS)
  for (const { id } of stale) await outbox.withdraw(id)
  return stale.length
}

/** Offered in the order they came. A server that says no to one is asked about the next; one that does not answer is left alone. */
export async function deliverCarried(org: Id, outbox: OutboxFile, post: (parcel: z.infer<typeof WireParcel>) => Promise<Reply<PushAnswer>>, journal: Journal): Promise<Delivered> {
  const delivered: Delivered = { taken: 0, refused: 0, trouble: null }
  for (const { digest, device, open } of await outbox.carried.parcels()) {
    const parcel = WireParcel.safeParse(JSON.parse((await outbox.carried.parcel(digest)) ?? 'null'))
    const reply: Reply<PushAnswer> = parcel.success ? await post(parcel.data) : { ok: false, problem: 'refused', code: 'sync.parcel', retry_after_ms: null }
    if (reply.ok) {
      // `waits`, `missing`, `unknown`: for what comes later. `token`: the server does not know that signature.
      const refused = reply.value.left.filter(({ why }) => why === 'token').map(({ id }) => id)
      await forget(refused, device)
      await outbox.carried.answered(digest, [...reply.value.taken, ...refused])
      delivered.taken += reply.value.taken.length
      delivered.refused += refused.length
      if (reply.value.recovering) return delivered
    } else if (reply.problem === 'refused' || reply.problem === 'revoked') {
      await forget(open, device)
      await outbox.carried.answered(digest, open)
      delivered.refused += open.length
    } else return { ...delivered, trouble: reply }
  }
  return delivered

  async function forget(ids: readonly Id[], device: string): Promise<void> {
    if (ids.length === 0) return
    journal.write('warn', 'carried.refused', { org, device, commands: ids.length })
    for (const id of ids) if ((await outbox.find(id))?.carried) await outbox.withdraw(id)
  }
}
