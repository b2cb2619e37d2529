/** Departments and crew roles of a kind of work, brought beside those that are there: nothing is renamed, recoloured, moved or lost. */
import { keyBetween } from '../../kernel/ordering.ts'
import { fold } from '../../kernel/text.ts'
import type { Reader, Transaction } from '../operation.ts'
import { crewRole, department, type workKinds } from './model.ts'
import { departmentPresets, type DepartmentPreset } from './presets.ts'

type Kind = (typeof workKinds)[number]

export interface Missing {
  departments: DepartmentPreset[]
  /** With the code of their department. */
  crew_roles: { code: string; name: string; name_en: string; is_head: boolean }[]
}

/** What is there is known by its code (departments) or its name, accents and case aside (crew roles). */
export async function missingOf(reader: Reader, kind: Kind): Promise<Missing> {
  const codes = new Set((await reader.find(department, {})).map((row) => row.code))
  const names = new Set((await reader.find(crewRole, {})).map((row) => fold(row.name)))
  const presets = departmentPresets[kind]
  return {
    departments: presets.filter((preset) => !codes.has(preset.code)),
    crew_roles: presets.flatMap(({ code, roles }) => roles.filter(([name]) => !names.has(fold(name))).map(([name, name_en, head]) => ({ code, name, name_en, is_head: head ?? false }))),
  }
}

const lastPosition = (rows: readonly { position: string }[]): string | null => rows.map((row) => row.position).sort().at(-1) ?? null

export async function addMissing(tx: Transaction, kind: Kind): Promise<Missing> {
  const missing = await missingOf(tx, kind)
  let position = lastPosition(await tx.find(department, {}))
  for (const { code, name, name_en, colour } of missing.departments) {
    position = keyBetween(position, null)
    await tx.insert(department, `department:${code}`, { code, name, name_en, colour, position })
  }
  const ids = new Map((await tx.find(department, {})).map((row) => [row.code, row.id]))
  let place = lastPosition(await tx.find(crewRole, {}))
  for (const { code, name, name_en, is_head } of missing.crew_roles) {
    place = keyBetween(place, null)
    await tx.insert(crewRole, `crew-role:${name}`, { name, name_en, is_head, department_id: ids.get(code) ?? null, position: place })
  }
  return missing
}
