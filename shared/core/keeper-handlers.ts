/** Lets a host ask whether the person may keep the organization's file (backup, restore, export) before it touches it. */
import { z } from 'zod'
import { detail, refuse } from '../domain/errors.ts'
import { query } from '../domain/operation.ts'
import { coreHandler, type CoreHandler } from './core-handler.ts'

const keeperPermissions = ['backup:run', 'backup:restore', 'export:full'] as const

export const checkKeeper = query({
  name: 'keeper.check',
  about: 'Says whether the person may back up, restore or export the organization.',
  input: z.strictObject({ permission: z.enum(keeperPermissions) }),
  output: z.object({ allowed: z.literal(true) }),
  permission: 'org:read',
  target: { kind: 'visible' },
})

export const keeperHandlers: readonly CoreHandler[] = [
  coreHandler(checkKeeper, async (_, { permission }, { person }) => {
    if (!person.may(permission, null)) throw refuse('auth.forbidden', detail(null, 'permission', permission))
    return { allowed: true }
  }),
]
