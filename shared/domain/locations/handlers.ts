import { answer, handle, type Handler, type Transaction } from '../operation.ts'
import { changeRow, recordHandlers } from '../records.ts'
import { slugOf } from '../organization/handlers.ts'
import { location } from './model.ts'
import * as operations from './operations.ts'
import { placePickerHandlers } from './picker-handlers.ts'
import { pointsOf } from './standing.ts'
import { sunTimes } from './sun.ts'

/** A fixed slug, made once from the name; a number is added when it is taken. */
export async function withSlug(tx: Transaction, values: Record<string, unknown>): Promise<Record<string, unknown>> {
  if (typeof values['slug'] === 'string') return values
  const wanted = slugOf(String(values['name']))
  for (let attempt = 1; ; attempt++) {
    const slug = attempt === 1 ? wanted : `${wanted}-${attempt}`
    if ((await tx.find(location, { slug }, { limit: 1 })).length === 0) return { ...values, slug }
  }
}

export const locationHandlers: readonly Handler[] = [
  ...placePickerHandlers,
  ...recordHandlers(location, operations.locations, { view: 'location_line', sort: ['name'], complete: withSlug })
    .filter(({ operation }) => operation.name !== 'location.update' && operation.name !== 'location.remove' && operation.name !== 'location.restore'),
  handle(operations.locations.update, async (tx, input) => {
    const before = await tx.need(location, input.id)
    const name = input.changes['name']
    const renamed = typeof name === 'string' && name !== before.name
    const written = await changeRow(tx, location, input)
    if (!renamed) return written
    // The slug stays; former labels are remembered, because printed sheets carry them.
    const after = await tx.update(location, input.id, { label_history: [...before.label_history, { name: before.name, until: tx.call.now }].slice(-50) })
    return { id: after.id, version: after.version }
  }),
  handle(operations.createLocations, async (tx, input) => {
    const ids: string[] = []
    for (const [index, values] of input.locations.entries()) {
      ids.push((await tx.insert(location, `location:${index}`, (await withSlug(tx, values)))).id)
    }
    return { ids }
  }),
  answer(operations.getLocation, async (reader, input) => {
    const row = await reader.need(location, input.id)
    const point = input.date ? (await pointsOf(reader, [row]))(row) : null
    const sun = input.date && point ? sunTimes(point.latitude, point.longitude, input.date, row.zone) : null
    return { ...row, rooms: await reader.find(location, { parent_id: row.id }, { sort: ['name'] }), sun }
  }),
  handle(operations.setLocationStatus, async (tx, input) => {
    const row = await tx.need(location, input.id)
    if (row.status === input.status) return { id: row.id, version: row.version }
    const after = await tx.update(location, input.id, { status: input.status })
    return { id: after.id, version: after.version }
  }),
]

