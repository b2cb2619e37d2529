import { z } from 'zod'
import { declare } from '../../app/client.ts'

/** Carrying work on a stick, and what was exchanged: operations of the host (main/sync/sync-operations.ts). */

export const syncNoWait = declare('sync.no_wait', z.object({ id: z.string() }), z.unknown())
export const syncExport = declare('sync.export', z.object({}), z.looseObject({ text: z.string(), name: z.string(), commands: z.number() }))
export const syncImport = declare('sync.import', z.object({ text: z.string() }), z.unknown())
const Exchange = z.looseObject({ at: z.string(), ms: z.number(), sent: z.number(), pulled: z.number(), problem: z.string().nullable() })
export const syncLog = declare('sync.log', z.object({}), z.object({ items: z.array(Exchange) }))
