/** What was chosen for the columns of a file, kept by its header line: proposed for the next file with the same one, and for no other. */
import { z } from 'zod'
import { headerSignature, recallMapping, rememberMapping } from '../documents/import/columns.ts'
import { IMPORT_FIELDS, type ColumnMapping, type ImportField } from '../documents/import/fields.ts'
import { detail, refuse } from '../domain/errors.ts'
import { importMapping } from '../domain/imports/model.ts'
import { forgetImport, ImportSource, rememberImport } from '../domain/imports/operations.ts'
import type { Reader } from '../domain/operation.ts'
import type { Id } from '../kernel/ids.ts'
import { coreHandler, type CoreHandler } from './core-handler.ts'

/** Beside the fields of the columns: how they are read. */
const Settings = ImportSource.pick({ date_order: true, country: true, constants: true, name_order: true, list_marks: true }).partial()
const Kept = z.looseObject({ columns: z.record(z.string(), z.string().nullable()), settings: Settings })

export interface Remembered {
  id: Id
  label: string | null
  at: string
  mapping: ColumnMapping
  settings: z.infer<typeof Settings>
}

const fieldNamed = (name: string | null): ImportField | null => IMPORT_FIELDS.find((one) => one === name) ?? null

/** What is kept for this header line; null when there is nothing, or nothing that today's program understands. */
export async function recall(reader: Reader, kind: ImportSource['kind'], header: readonly string[]): Promise<Remembered | null> {
  const [row] = await reader.find(importMapping, { signature: headerSignature(kind, header), kind })
  const kept = row && Kept.safeParse(row.mapping)
  if (!row || !kept?.success) return null
  const columns = Object.fromEntries(Object.entries(kept.data.columns).map(([key, name]) => [key, fieldNamed(name)]))
  return { id: row.id, label: row.label, at: row.updated_at, mapping: recallMapping(header, columns), settings: kept.data.settings }
}

export const importMemoryHandlers: readonly CoreHandler[] = [
  coreHandler(rememberImport, async (tx, input) => {
    const mapping = input.mapping.map((name, column) => {
      if (name !== null && fieldNamed(name) === null) throw refuse('validation.invalid', detail(`mapping.${column}`, 'unknown_field', null, name))
      return fieldNamed(name)
    })
    const signature = headerSignature(input.kind, input.header)
    const settings = Settings.parse({
      date_order: input.date_order, country: input.country, constants: input.constants, name_order: input.name_order, list_marks: input.list_marks,
    })
    const values = { label: input.label ?? null, mapping: JSON.parse(JSON.stringify({ columns: rememberMapping(input.header, mapping), settings })) as Record<string, unknown> }
    const [held] = await tx.find(importMapping, { signature, kind: input.kind })
    const row = held ? await tx.update(importMapping, held.id, values) : await tx.insert(importMapping, 'mapping', { signature, kind: input.kind, ...values })
    return { id: row.id }
  }),
  coreHandler(forgetImport, async (tx, { id }) => {
    await tx.need(importMapping, id)
    await tx.remove(importMapping, id)
    return { id }
  }),
]
