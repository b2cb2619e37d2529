/**
 * The demonstration of a person on this computer: an organization in a file of its own, made by the generator through the same
 * operations as everything else. It can be made anew, and is then as on the first day.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { leaveKeptConflict } from '../generator/demo-kept.ts'
import { generate, houseOf } from '../generator/generate.ts'
import { demoInvitations } from '../generator/demo-show.ts'
import { DEMO_TODAY } from '../generator/demo-world.ts'
import { putBlob } from './blobs.ts'
import type { Session } from '../../shared/core/session.ts'
import { sha256 } from '../../shared/kernel/hashing.ts'
import { deriveId, type Id } from '../../shared/kernel/ids.ts'
import { addDays, DAY, type LocalDate } from '../../shared/kernel/instants.ts'
import { Refusal } from '../../shared/kernel/result.ts'
import type { DemoDate } from './demo-dates.ts'
import type { DataFolder } from './data-folder.ts'
import type { OpenOrganizations } from './open-organizations.ts'

export interface DemoOwner {
  id: Id
  name: string
  email: string
}

export interface Demos {
  /** The id that the demonstration of this user has on this computer, whether it was made or not. */
  idOf(user: Id): Id
  /** Made to its end and in use: one that a crash cut short is not. */
  isWhole(org: Id): boolean
  /** Makes it, or makes it anew: what was done in it is gone, which is what it is for. */
  make(owner: DemoOwner, session: Session, date: DemoDate, today: LocalDate): Promise<Id>
}

const WEEK = 7

/** The eve of the show that comes after `today`, on the same day of the week as in its own year. */
export function eveFor(date: DemoDate, today: LocalDate): LocalDate {
  if (date === 'clock_change') return DEMO_TODAY
  const weeks = Math.ceil((Date.parse(today) - Date.parse(DEMO_TODAY)) / DAY / WEEK)
  return addDays(DEMO_TODAY, weeks * WEEK)
}

export function openDemos({ folder, organizations, device }: { folder: DataFolder; organizations: OpenOrganizations; device: string }): Demos {
  const idOf = (user: Id): Id => deriveId(device, `demo ${user}`)
  /** There from before the first row until after the last one. */
  const markOf = (org: Id): string => join(folder.organization(org).folder, 'unfinished-demo')
  return {
    idOf,
    isWhole: (org) => !existsSync(markOf(org)) && organizations.stateOf(org) === 'ready',
    async make(owner, session, date, today) {
      const org = idOf(owner.id)
      const paths = folder.organization(org)
      const clear = (): Promise<void> => organizations.exclusively(org, () => Promise.resolve(rmSync(paths.folder, { recursive: true, force: true })))
      await clear()
      mkdirSync(paths.folder, { recursive: true })
      writeFileSync(markOf(org), '', { flush: true })
      const eve = eveFor(date, today)
      await organizations.hold(org, async ({ core }) => {
        const { organization, kind } = houseOf('demo')
        const { id: user_id, name, email } = owner
        const founded = await core.execute({
          name: 'organization.create', id: `demo ${eve}`,
          input: { name: organization, kind, language: 'fr', zone: 'Europe/Paris', currency: 'EUR', owner: { user_id, name, email }, demo: true },
        }, session)
        if ('error' in founded) throw new Refusal(founded.error)
        await generate({ core, session, profile: 'demo', seed: 'demo', today: eve, past: eve < today, keepFile: (bytes) => putBlob(paths.blobs, bytes) })
        await leaveKeptConflict(core, session)
        for (const one of demoInvitations) {
          // A digest that no code has: until it is renewed, nobody joins by it.
          const code_digest = sha256(`demo invitation ${one.email}`)
          const invited = await core.execute({ name: 'invitation.create', id: `demo ${eve} ${one.email}`, input: { ...one, project_id: null, code_digest } }, session)
          if ('error' in invited) throw new Refusal(invited.error)
        }
      }, { create: true }).catch(async (error: unknown) => {
        // Half a demonstration would be taken for a whole one.
        await clear()
        throw error
      })
      rmSync(markOf(org), { force: true })
      return org
    },
  }
}
