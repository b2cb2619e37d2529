/**
 * Mutants of the algorithm: one rule of sync taken away by a change of text, as small as it can be. Each names the rule of sync.md it
 * goes against. Those of the issue come first.
 *
 * Not among them, because no history shows them: rights not asked on arrival (rule 8; no law here knows who may do what; push.test.ts does),
 * and an update of a removed row let through to its handler (rule 10; handlers look for living rows, and refuse it themselves).
 */
export interface Mutant {
  name: string
  rule: string
  changes: readonly { file: string; find: string; replace: string }[]
  /** Needs a server that is put back from a copy. */
  restoring?: boolean
  /** No history of the simulator goes there: caught by this file of tests. Shown in every run of the tests. */
  test?: string
  /** Asked for by name: shown in every run of the tests. */
  named?: boolean
}

const decide = 'shared/core/decide.ts'
const exchange = 'shared/sync/exchange.ts'
const replica = 'shared/sync/replica/replica.ts'
const push = 'shared/sync/authority/push.ts'
const scope = 'shared/sync/authority/scope.ts'
const settle = 'shared/core/settle.ts'
const lens = 'shared/core/lens.ts'
const due = 'shared/domain/engagement/due.ts'
const acting = 'test/unit/core/acting.test.ts'
const clock = 'test/sync/learned/deciding-clock.test.ts'
const consequences = 'test/sync/learned/consequences.test.ts'
const sight = 'test/sync/learned/own-sight.test.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'base re-recorded at rebase', rule: 'rule 3', named: true,
    changes: [
      { file: exchange, find: "import { sha256 } from '../kernel/hashing.ts'\n", replace: "import { sha256 } from '../kernel/hashing.ts'\nimport { entityNamed } from '../domain/registry.ts'\n" },
      {
        file: exchange, find: '    const commands: PushEntry[] = batch.map(',
        replace: `    for (const { entry, command } of batch)
      for (const row of command.record.rows) {
        const [now] = (await options.replicas().get(entry.issuer)?.core.reader().find(entityNamed(row.entity), { id: row.id }, { removed: true })) ?? []
        for (const [name, cell] of Object.entries(row.fields)) if (row.op === 'update' && now && JSON.stringify(now[name]) !== JSON.stringify(cell.mine)) cell.base = now[name]
      }
    const commands: PushEntry[] = batch.map(`,
      },
    ],
  },
  {
    name: 'write-set not compared', rule: 'rule 11', named: true,
    changes: [{ file: decide, find: 'await place.attempt((writes) => (equal = equalsRecord(writes, command, before, place)))', replace: 'await place.attempt(() => (equal = true))' }],
  },
  {
    name: 'ids by counter', rule: 'rule 2', named: true,
    changes: [{ file: 'shared/store/transaction.ts', find: '    const id = deriveId(call.seed, label)\n', replace: '    const id = deriveId(call.seed, `row ${(globalThis.countedRows = (globalThis.countedRows ?? 0) + 1)}`)\n' }],
  },
  {
    name: 'outcomes settled at the push answer', rule: 'rule 18', named: true,
    changes: [
      { file: exchange, find: 'SnapshotHead, type PushAnswer,', replace: 'SnapshotHead, trailerOf, type PushAnswer,' },
      { file: exchange, find: '  function told(reply: Reply<PushAnswer>, epoch: number, round: Round): Sent {', replace: '  async function told(reply: Reply<PushAnswer>, epoch: number, round: Round): Promise<Sent> {' },
      {
        file: exchange, find: '    for (const id of reply.value.taken) taken.add(id)\n',
        replace: `    for (const id of reply.value.taken) taken.add(id)
    for (const replica of options.replicas().values()) {
      const { cursor, scope, clock } = await replica.pullRequest()
      const outcomes = batch.filter(({ entry }) => reply.value.taken.includes(entry.id)).map(({ entry }) => ({
        id: entry.id, seq: cursor.seq, outcome: 'applied', note: null, converged: [], issuer: entry.issuer,
        receipt: { command_id: entry.id, epoch: cursor.epoch, seq: cursor.seq, outcome: 'applied', signature: '' },
      }))
      const contents = { rows: [], outcomes, events: [] }
      await replica.take({ protocol: PROTOCOL, from: cursor, from_scope: scope, to: cursor, has_more: false, scope, ...contents, server_time: clock, trailer: trailerOf(contents) })
    }
`,
      },
    ],
  },
  { name: 'scope filter off', rule: 'rule 21', named: true, changes: [{ file: scope, find: 'where: tidy(await lens.where(entity))', replace: 'where: []' }] },
  {
    name: 'deduplication off', rule: 'rule 7', named: true,
    changes: [
      { file: push, find: "import type { Id } from '../../kernel/ids.ts'", replace: "import { deriveId, type Id } from '../../kernel/ids.ts'" },
      {
        file: push, find: '  const known = turn.unknown.has(command.id) ? null : await findCommand(engine, org, command.id)\n',
        replace: `  const known = null
  const again = deriveId(command.id, 'again')
  if (await findCommand(engine, org, command.id)) return takeOne(turn, { ...entry, command: { ...command, id: again, seed: again } })
`,
      },
    ],
  },
  {
    name: 'failed local commands dropped', rule: 'rule 24', named: true,
    changes: [{
      file: replica, find: '    const { taken, writes, settled } = await engine.transaction(work)\n',
      replace: `    const { taken, writes, settled } = await engine.transaction(work)
    const failing = (await pendingHeads(engine, org)).filter((one) => one.issuer === user && one.outcome !== 'applied' && one.outcome !== 'elsewhere').map(({ id }) => id)
    await engine.transaction(async () => {
      for (const id of failing) await dropPending(engine, org, id)
    })
    settled.push(...failing)
`,
    }],
  },
  {
    name: 'pages applied as they come', rule: 'rule 19', named: true,
    changes: [{
      file: replica, find: "        if (!page.has_more) return finish(page)\n",
      replace: "        const made = await finish(page)\n        if (made) return page.has_more && made.taken === 'done' ? { ...made, taken: 'more' } : made\n",
    }],
  },

  { name: 'values overwritten unseen', rule: 'rule 12', changes: [{ file: decide, find: '  if (disputes.length > 0) return', replace: '  if (disputes.length > 1000) return' }] },
  { name: 'what converged is not asked of the base', rule: 'rule 12, from', changes: [{ file: decide, find: '    if (cell.from === null) return true\n', replace: '    if (cell.from !== command.id) return true\n' }] },
  { name: 'followers of a failed command run on their own', rule: 'rule 9', changes: [{ file: decide, find: "if (earlier ? earlier.outcome !== 'applied' : options.noWait)", replace: "if (earlier ? earlier.outcome === 'blocked' : options.noWait)" }] },
  { name: 'a missing command before it stops nobody', rule: 'rule 14', changes: [{ file: push, find: "  if (prev !== null && !turn.waiting.has(prev) && !(await batch.outcomeOf(prev))) return stop('missing', prev)\n", replace: '' }] },
  { name: 'commands it was built on are not waited for', rule: 'rule 9', changes: [{ file: push, find: '  if (!entry.no_wait)\n', replace: '  if (entry.no_wait)\n' }] },
  { name: 'a page that was cut is taken', rule: 'rule 19, trailer', changes: [{ file: replica, find: "      if (!isWhole(page)) return 'dropped'\n", replace: '' }] },
  { name: 'a page for another stage is taken', rule: 'rule 19', changes: [{ file: replica, find: "        if (!continues(page, await stageEnd())) return { taken: 'dropped', writes: [], settled: [] }\n", replace: '' }] },
  { name: 'hidden columns sent', rule: 'rule 21', changes: [{ file: 'shared/sync/authority/rows.ts', find: '  lens.redact(entity, row)\n', replace: '' }] },
  { name: 'the actor is whoever sends', rule: 'push, the actor comes from the token', changes: [{ file: push, find: '  const session: Session = { user_id: issuer, device: sender.device, scope: null }\n  const failure', replace: '  const session: Session = { user_id: [...sender.actors][0] ?? issuer, device: sender.device, scope: null }\n  const failure' }] },
  { name: 'a security event forgotten when it is sent', rule: 'domain 11', changes: [{ file: 'shared/sync/security.ts', find: '    const reply = await transport.security(request, caller)\n', replace: '    await list.acknowledged(events.map(({ id }) => id))\n    const reply = await transport.security(request, caller)\n' }] },
  { name: 'a security event written each time it comes', rule: 'domain 11', changes: [{ file: 'shared/sync/authority/security.ts', find: 'deriveId(org, `reported:', replace: 'deriveId(org, `reported:${(globalThis.countedLines = (globalThis.countedLines ?? 0) + 1)}:' }] },

  // What people who are asked may count on (decision 0011, 3 and 5).
  { name: 'a clock that is ahead delays what is told', rule: '0011 5', changes: [{ file: due, find: 'const past = (at: Instant, now: Instant): Instant => (at < now ? at : now)', replace: 'const past = (at: Instant, _: Instant): Instant => at' }] },
  { name: 'an answer that was not taken is noted nowhere', rule: '0011 5', changes: [{ file: 'shared/core/timer-source.ts', find: "    late: rows.filter((row) => row['outcome'] !== 'applied').flatMap(lateOf),\n", replace: '    late: [],\n' }] },
  { name: 'a draft that nobody heard of lets its deadline pass', rule: '0011 3', changes: [{ file: due, find: "  if (state === 'pending') return [{ key: `expire:", replace: "  if (state === 'pending' || (state === 'draft' && deadline_at <= now)) return [{ key: `expire:" }, { file: 'shared/domain/engagement/handlers.ts', find: "  if (one.state !== 'pending') throw refuseFor('acceptance', 'transition_rejected', detail('id', 'transition', 'expired', one.state))\n", replace: '' }] },
  { name: 'what is canceled is still asked', rule: '0011 2', changes: [{ file: 'shared/domain/engagement/leaving.ts', find: '    await closeOpen(tx, id)\n', replace: '' }] },

  // What the core learned for engagement (decision 0011, a to f).
  { name: 'an owner acts as the system', rule: '0011 a', test: acting, changes: [{ file: 'shared/domain/permissions.ts', find: "  'system:act': {},\n", replace: "  'system:act': owner,\n" }] },
  { name: 'somebody else’s command answers for the system’s', rule: '0011 a', test: acting, changes: [{ file: 'shared/core/acting.ts', find: "const mine = former.actor_kind === 'system' && former.actor === org && former.name === name", replace: 'const mine = true' }, { file: 'shared/core/acting.ts', find: 'if (mine && former.payload_hash === ', replace: "if (mine && '' !== " }] },
  { name: 'a view depends on when it is rebased', rule: '0011 b', test: clock, changes: [{ file: settle, find: '      const context = await contextOf(received, session, undefined, true)\n', replace: '      const context = await contextOf(received, session, undefined, false)\n' }] },
  { name: 'a yes that has a receipt is late today', rule: '0011 b', test: clock, changes: [{ file: settle, find: 'contextOf(received, session, shared, options.trusted === true)', replace: 'contextOf(received, session, shared, false)' }] },
  { name: 'a deadline is judged by the author’s clock', rule: 'rule 34', test: clock, changes: [{ file: settle, find: 'contextOf(received, session, shared, options.trusted === true)', replace: 'contextOf(received, session, shared, true)' }] },
  { name: 'a recorded consequence is looked for', rule: '0011 c', test: consequences, changes: [{ file: decide, find: 'command.record.rows.filter((row) => !isConsequence(place.entity(row.entity)))', replace: 'command.record.rows' }] },
  { name: 'a consequence made here is a row more', rule: '0011 c', test: consequences, changes: [{ file: decide, find: 'isConsequence(write.entity) || !comparedOf(', replace: '!isConsequence(write.entity) && !comparedOf(' }] },
  { name: 'what is not entered is not recorded of a new row', rule: '0011 c, 17r', test: consequences, changes: [{ file: 'shared/store/write-set.ts', find: '  const beside = Object.entries(entity.fields).filter(', replace: "  const beside = op === 'insert' ? [] : Object.entries(entity.fields).filter(" }] },
  { name: 'what follows from a signature is compared', rule: '0011 c', test: 'test/sync/contracts.test.ts', changes: [{ file: settle, find: 'operation.follows[entity] ?? []', replace: '[]' }] },
  { name: 'what is said once is offered again', rule: '0011 d', test: 'test/sync/learned/said-once.test.ts', changes: [{ file: 'shared/core/kept-plan.ts', find: "operations.get(logged.name)?.again === false", replace: "operations.get(logged.name) === undefined" }] },
  { name: 'nobody is named for whom it is done', rule: '0011 e', test: acting, changes: [{ file: 'shared/core/organization-core.ts', find: 'on_behalf_of: tx.givenPerson()', replace: 'on_behalf_of: null' }] },
  { name: 'what a colleague is asked is seen with their mission', rule: '0011 f', test: sight, changes: [{ file: lens, find: "  acceptance: (person) => [...ofSelf(person), ...inProjects(person, 'project:read')],\n", replace: '' }] },
  { name: 'what somebody is told is seen by who reads everything', rule: '0011 f', test: sight, changes: [{ file: lens, find: '  notification: (person) => [...ofSelf(person), { member_id: person.member_id }],\n', replace: '' }] },
  { name: 'a contract is seen by who reads its project', rule: '0011 f', test: sight, changes: [{ file: lens, find: '  contract: ofContracts, ', replace: '  ' }] },
]
