/** What must hold once everything has come to rest. Each law says in its name what a person may count on. */
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { canonicalJson } from '../../../shared/kernel/hashing.ts'
import { verifyChain } from '../../../shared/store/audit-chain.ts'
import { engagementLaw } from './engagement-laws.ts'
import { judgeFollowing } from './following.ts'
import { judgeLog } from './log.ts'
import { difference, isLiving, rowsOf, seenBy, serverRowsOf, type Rows } from './rows.ts'
import { CLOSING, judgeEntered, logOf, type Book } from './entered.ts'
import { LawBroken, type Evidence, type Issued, type Law, type ReplicaEvidence } from './evidence.ts'
import { org, sessionOf, userOf, type Marker } from './world.ts'

/**
 * Busy rows: that somebody is taken, said to those who plan them and may not see why. Nothing else may be in them. They are told from
 * others by having no row of that id on the server.
 */
const busyFields = new Set(['collaborator_id', 'start_at', 'end_at', 'state', 'unpaid_break_minutes'])

const unsettledOn = ({ database }: ReplicaEvidence): number => database.prepare<[string], { n: number }>('SELECT COUNT(*) AS n FROM replica_pending WHERE org_id = ?').get(org)?.n ?? 0

async function judgeView(evidence: Evidence, replica: ReplicaEvidence, all: Rows): Promise<void> {
  const where = `${replica.device} of ${replica.user}`
  const viewer = await evidence.server.core.viewer(sessionOf(replica.user, replica.device))
  const wanted: Rows = viewer ? await seenBy(all, viewer.lens) : new Map()
  const beneath = serverRowsOf(replica.database)
  for (const [key, { entity, row }] of beneath) {
    const here = wanted.get(key)
    if (!here) {
      if (entity.name === 'assignment' && !all.has(key)) continue
      throw new LawBroken('a device holds nothing outside the view of its person', `${key} on ${where}${all.has(key) ? '' : ', which is on no server'}`)
    }
    const differs = difference(row, here.row)
    if (differs !== null) throw new LawBroken('every device equals the server’s view for its person', `${key} on ${where} (device / server): ${differs}`)
  }
  for (const [key, { row }] of wanted) if (isLiving(row) && !beneath.has(key)) throw new LawBroken('every device equals the server’s view for its person', `${key} is missing on ${where}`)
  // With nothing unsettled, what is shown is what lies beneath, but for versions that ran ahead.
  if (unsettledOn(replica) > 0) return
  for (const [key, { row }] of rowsOf(replica.database)) {
    const under = beneath.get(key)
    const differs = under ? difference({ ...row, version: 0 }, { ...under.row, version: 0 }) : 'nothing'
    if (differs !== null) throw new LawBroken('a screen shows the server’s rows and the person’s unsent work, nothing else', `${key} on ${where} (shown / beneath): ${differs}`)
  }
}

function judgeBusy(replica: ReplicaEvidence, all: Rows): void {
  for (const [key, { entity, row }] of serverRowsOf(replica.database)) {
    if (entity.name !== 'assignment' || all.has(key)) continue
    const said = Object.keys(entity.fields).filter((name) => !busyFields.has(name) && entity.fields[name]?.class === 'entered' && entity.fields[name].nullable && row[name] !== null && row[name] !== undefined)
    if (said.length > 0) throw new LawBroken('that somebody is taken says nothing else', `${key} on ${replica.device}: ${said.join(', ')}`)
  }
}

const Kept = z.looseObject({ fields_of: z.array(z.looseObject({ entity: z.string(), id: z.string(), field: z.string(), base: z.unknown(), mine: z.unknown(), theirs: z.unknown(), readable: z.boolean(), own: z.boolean() })) })

/** The command is whole on that device, and what others wrote is shown only where its person may read it. */
async function judgeKept(evidence: Evidence, replica: ReplicaEvidence, all: Rows, made: Issued, name: string, decided: boolean): Promise<void> {
  const law = 'what was not applied is kept whole on every device of its person'
  const where = `${name} ${made.id} on ${replica.device} of ${replica.user}`
  const kept = replica.database.prepare<[string, string], { outcome: string }>('SELECT outcome FROM command_log WHERE org_id = ? AND id = ?').get(org, made.id)
  if (!kept) {
    // Decided before this device heard of it: nobody is asked any more.
    if (decided) return
    throw new LawBroken(law, `${where} is not there`)
  }
  const answer = await replica.ask('sync.kept', { id: made.id })
  if (!answer || 'error' in answer) {
    if (answer === null || decided || answer.error.code === 'auth.forbidden' || answer.error.code === 'organization.not_found') return
    throw new LawBroken(law, `${where} cannot be looked at: ${answer.error.code}`)
  }
  const viewer = await evidence.server.core.viewer(sessionOf(replica.user, replica.device))
  const seen = viewer ? await seenBy(new Map([...all].filter(([key]) => made.command.record.rows.some(({ entity, id }) => key === `${entity}/${id}`))), viewer.lens) : new Map<string, { row: Record<string, unknown> }>()
  for (const field of Kept.parse(answer.value).fields_of) {
    const row = made.command.record.rows.find(({ entity, id }) => entity === field.entity && id === field.id)
    const cell = row?.fields[field.field]
    if (field.own && cell && canonicalJson(field.mine ?? null) !== canonicalJson(cell.mine)) throw new LawBroken(law, `${where}: ${field.field} was ${JSON.stringify(cell.mine)}, shown is ${JSON.stringify(field.mine)}`)
    // What others of this computer have not sent lies over it.
    if (unsettledOn(replica) > 0) continue
    const theirs = seen.get(`${field.entity}/${field.id}`)?.row[field.field] ?? null
    if (canonicalJson(field.theirs ?? null) !== canonicalJson(theirs) && (field.theirs ?? null) !== null)
      throw new LawBroken('what others wrote is shown as it stands, and only to who may read it', `${where}: ${field.field} is shown as ${JSON.stringify(field.theirs)}, stands ${JSON.stringify(theirs)}`)
  }
}

const answerOf = (database: Database.Database, id: string): string => database.prepare<[string, string], { answer: string }>('SELECT answer FROM command_log WHERE org_id = ? AND id = ?').get(org, id)?.answer ?? ''

export function lawsOf(before: Book, markers: readonly Marker[]): readonly Law[] {
  return [
    {
      name: 'devices',
      async judge(evidence) {
        const all = rowsOf(evidence.server.database)
        for (const replica of evidence.replicas) {
          if (!replica.signed_in) continue
          await judgeView(evidence, replica, all)
          judgeBusy(replica, all)
        }
      },
    },
    {
      name: 'outcomes',
      judge(evidence) {
        const law = 'each command has exactly one outcome'
        const lines = new Map(logOf(evidence.server.database).map((line) => [line.id, line]))
        for (const one of evidence.issued.values()) {
          const line = lines.get(one.id)
          if (evidence.waiting.has(one.id)) continue
          if (!line) throw new LawBroken(law, `${one.command.name} ${one.id} of ${one.device} has none`)
          if (line.actor !== one.issuer) throw new LawBroken('the server knows who did it', `${one.command.name} ${one.id} was ${one.issuer}’s, not ${line.actor}’s`)
        }
        for (const { device, ids } of evidence.outboxes) {
          // An entry leaves once everybody enrolled there has heard of its outcome.
          if (evidence.replicas.some((replica) => replica.device === device && !replica.signed_in)) continue
          const left = ids.filter((id) => !evidence.waiting.has(id))
          if (left.length > 0) throw new LawBroken(law, `${left.join(', ')} never left the outbox of ${device}`)
        }
        for (const { database, device, user, signed_in } of evidence.replicas) {
          if (!signed_in) continue
          for (const { id } of database.prepare<[string], { id: string }>('SELECT id FROM replica_pending WHERE org_id = ?').all(org))
            if (!evidence.waiting.has(id)) throw new LawBroken(law, `${id} is unsettled for ever on ${device} of ${user}`)
          for (const told of database.prepare<[string], { id: string; outcome: string }>('SELECT id, outcome FROM command_log WHERE org_id = ?').all(org)) {
            const line = lines.get(told.id)
            if (line && evidence.issued.has(told.id) && !evidence.waiting.has(told.id) && line.outcome !== told.outcome) throw new LawBroken('everybody is told the same outcome', `${told.id}: ${told.outcome} on ${device} of ${user}, ${line.outcome} on the server`)
          }
        }
        return Promise.resolve()
      },
    },
    {
      name: 'entered',
      judge(evidence) {
        judgeEntered(evidence, before)
        return Promise.resolve()
      },
    },
    {
      name: 'following',
      judge(evidence) {
        judgeFollowing(evidence)
        return Promise.resolve()
      },
    },
    {
      name: 'kept',
      async judge(evidence) {
        const decided = new Set(evidence.server.database.prepare<[string], { id: string }>('SELECT kept_command_id AS id FROM sync_decision WHERE org_id = ? AND deleted_at IS NULL').all(org).map(({ id }) => id))
        const all = rowsOf(evidence.server.database)
        for (const line of logOf(evidence.server.database, evidence.since)) {
          const made = evidence.issued.get(line.id)
          if (line.outcome === 'applied' || !made) continue
          for (const replica of evidence.replicas) if (replica.user === made.issuer && replica.signed_in) await judgeKept(evidence, replica, all, made, line.name, decided.has(line.id))
        }
      },
    },
    {
      name: 'alone',
      judge({ server, issued, odd, since, restored }) {
        // Of people who see everything: the server knows nothing that they could not foresee.
        const seers = new Set<string>([userOf('owner')])
        const lines = logOf(server.database, since)
        for (const [index, line] of lines.entries()) {
          const made = issued.get(line.id)
          if (!made || line.outcome === 'applied' || made.cursor === null || !seers.has(made.issuer) || odd.has(made.device)) continue
          const { cursor, device } = made
          const between = lines.slice(0, index).filter(({ seq }) => seq > cursor)
          // Time passed on the way: a deadline is the server's to judge (rule 34).
          if (answerOf(server.database, line.id).includes('"issue":"passed"')) continue
          const undisturbed = !restored && between.every((other) => other.outcome === 'applied' && other.converged.length === 0 && issued.get(other.id)?.device === device)
          if (undisturbed) throw new LawBroken('work that met nobody else’s is applied', `${line.name} ${line.id} of ${device}: ${line.outcome}, ${answerOf(server.database, line.id)}`)
        }
        return Promise.resolve()
      },
    },
    {
      name: 'hidden',
      judge(evidence) {
        // Somebody who reads it may write it where others read (a template made from a mission).
        const written = [...evidence.issued.values()].filter(({ bytes }) => markers.some(({ text }) => bytes.includes(text)))
        const copied = (marker: Marker): boolean =>
          written.some(({ command }) => command.record.rows.some(({ fields }) => Object.values(fields).some(({ base, mine }) => JSON.stringify(mine ?? null).includes(marker.text) && !JSON.stringify(base ?? null).includes(marker.text))))
        for (const { database, user, device } of evidence.replicas) {
          const readable = evidence.everReadable.get(user) ?? new Set()
          const hidden = markers.filter((marker) => !readable.has(`${marker.entity}/${marker.id}/${marker.field}`) && !copied(marker))
          const bytes = hidden.length === 0 ? Buffer.alloc(0) : database.serialize()
          for (const marker of hidden)
            if (bytes.includes(marker.text)) throw new LawBroken('what a person may not read is never in their file', `${marker.entity} ${marker.field} “${marker.text}” on ${device} of ${user}`)
        }
        return Promise.resolve()
      },
    },
    {
      name: 'audit',
      async judge({ server, since }) {
        const verdict = await verifyChain(server.engine, org)
        if (!verdict.whole) throw new LawBroken('the audit chain is whole', JSON.stringify(verdict))
        const leads = new Map(server.database.prepare<[string], { command_id: string; leads: number }>(
          'SELECT command_id, SUM(lead) AS leads FROM audit_event WHERE org_id = ? AND command_id IS NOT NULL GROUP BY command_id').all(org).map((row) => [row.command_id, row.leads]))
        for (const line of logOf(server.database, since)) {
          const found = leads.get(line.id) ?? 0
          if (line.outcome === 'applied' && line.name !== CLOSING && found !== 1) throw new LawBroken('an applied command has exactly one event of its own', `${line.name} ${line.id} has ${found}`)
        }
      },
    },
    { name: 'log', judge: judgeLog },
    engagementLaw,
    {
      name: 'refusals',
      judge(evidence) {
        const law = 'what a computer refused by itself is in the audit once'
        // A server put back from a copy has lost what it had taken since, as it has its own events.
        if (evidence.restored) return Promise.resolve()
        const lines = new Map(evidence.server.database.prepare<[string], { request_id: string; actor: string; n: number }>('SELECT request_id, MIN(actor) AS actor, COUNT(*) AS n FROM audit_event WHERE org_id = ? AND command_id IS NULL GROUP BY request_id').all(org)
          .map((line) => [line.request_id, line]))
        for (const { device, user, request_id, kept } of evidence.refused) {
          const line = lines.get(request_id)
          if (line && (line.n > 1 || line.actor !== user)) throw new LawBroken(law, `${request_id} of ${user} on ${device} is there ${line.n} times, as ${line.actor}’s`)
          if (!line && kept && evidence.replicas.some((one) => one.device === device && one.user === user && one.signed_in)) throw new LawBroken(law, `${request_id} of ${user} on ${device} is not there`)
        }
        return Promise.resolve()
      },
    },
    {
      name: 'order',
      judge({ server, issued, since }) {
        const law = 'the order of commits has no gap and no row is written twice by a command'
        let last = 0
        for (const { seq, id } of logOf(server.database)) if (seq !== ++last) throw new LawBroken(law, `${id} is at ${seq}, not ${last}`)
        for (const line of logOf(server.database, since)) {
          const rows = issued.get(line.id)?.command.record.rows ?? []
          if (new Set(rows.map(({ entity, id }) => `${entity}/${id}`)).size !== rows.length) throw new LawBroken(law, `${line.name} ${line.id}`)
        }
        const beyond = server.database.prepare<[string, number], { entity: string; id: string; seq: number }>('SELECT entity, id, seq FROM sync_change WHERE org_id = ? AND seq > ?').all(org, last)
        if (beyond[0]) throw new LawBroken(law, `${beyond[0].entity}/${beyond[0].id} changed at ${beyond[0].seq}, after the last command`)
        return Promise.resolve()
      },
    },
  ]
}
