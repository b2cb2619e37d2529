/** `callboard demo`: a demonstration organization of a given size, made through the same operations as everything else. */
import { z } from 'zod'
import type { Answer } from '../../shared/core/core-handler.ts'
import { isId, type Id } from '../../shared/kernel/ids.ts'
import { isLocalDate, type LocalDate } from '../../shared/kernel/instants.ts'
import { generate, houseOf } from '../generator/generate.ts'
import { profileNames } from '../generator/profiles.ts'
import { withCore, type Asking, type Who } from './asking.ts'
import { Misuse } from './failure.ts'

export interface DemoCommand extends Who {
  data?: string | undefined
  profile?: string | undefined
  seed?: string | undefined
  /** Date that stands for today; the profile's own when absent. */
  today?: string | undefined
}

/** The invented person who owns the demonstration on a computer that has no user yet. */
const owner = { name: 'Léa Martin', email: 'lea@example.org', password: 'callboard-demo' }

const State = z.looseObject({ first_run: z.boolean(), session: z.object({ user_id: z.custom<Id>(isId) }).nullable() })
const Profile = z.enum(profileNames)
const Today = z.custom<LocalDate>(isLocalDate).optional()

export async function makeDemo(command: DemoCommand): Promise<unknown> {
  const profile = Profile.safeParse(command.profile ?? 'demo')
  if (!profile.success) throw new Misuse(`--profile ${command.profile ?? ''}: ${profileNames.join(', ')}`)
  const today = Today.safeParse(command.today)
  if (!today.success) throw new Misuse(`--today ${command.today ?? ''} is not a date such as 2026-10-23`)
  return withCore(command, async (run) => {
    const isFirst = State.parse(await run.ask('app.state', {})).first_run
    if (isFirst) await run.ask('app.first_run', { ...owner, language: 'fr', theme: 'light' })
    const { session } = State.parse(await run.ask('app.state', {}))
    if (session === null) throw new Misuse('this computer has users: say with --as who owns the demonstration')
    const { organization, kind } = houseOf(profile.data)
    if (profile.data === 'demo' && command.seed === undefined && command.today === undefined) {
      // The demonstration of the app itself, on its own date: with what two people changed at once, and what is still to decide.
      const { id } = z.object({ id: z.string() }).parse(await run.ask('demo.open', { date: 'clock_change' }))
      return { organization: { id, name: organization }, ...(isFirst ? { sign_in: { email: owner.email, password: owner.password } } : {}) }
    }
    const founded = await run.ask('organization.create', { name: organization, kind, language: 'fr', zone: 'Europe/Paris', currency: 'EUR', demo: true })
    const org = z.object({ id: z.string() }).parse(founded).id
    const made = await generate({
      core: coreOf(run, org),
      // The host knows who asks; the generator only derives ids from the person.
      session: { user_id: session.user_id, device: 'cli', scope: null },
      profile: profile.data,
      seed: command.seed ?? 'demo',
      today: today.data,
      keepFile: (bytes) => run.core.putBlob(run.client, bytes),
      onProgress: ({ stage, done, total }) => process.stderr.write(`\r${stage} ${done}/${total}        `),
    })
    process.stderr.write('\n')
    return { organization: { id: org, name: organization }, ...made, ...(isFirst ? { sign_in: { email: owner.email, password: owner.password } } : {}) }
  })
}

/** The generator's view of the core, through the calls of this run. */
function coreOf(run: Asking, org: string): Parameters<typeof generate>[0]['core'] {
  return {
    execute: async ({ name, input, id, correlation_id, group_id }) => {
      const text = await run.core.call({ client: run.client, org, name, input, id, correlation_id, group_id })
      const answer: Answer = JSON.parse(text)
      return answer
    },
  }
}
