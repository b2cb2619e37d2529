import { z } from 'zod'
import { inputOf, wire } from '../entity.ts'
import { bulkRows, command, query, Written, WrittenMany } from '../operation.ts'
import { records } from '../records.ts'
import { location } from './model.ts'

const row = { kind: 'rows', entity: 'location', ids: (input: { id: z.infer<typeof wire.id> }) => [input.id] } as const

const details = [
  'kind', 'parent_id', 'slug', 'description', 'shareable', 'address', 'latitude', 'longitude', 'map_reference', 'capacity', 'equipment_capacity', 'hazards', 'accessibility',
  'gates', 'parking', 'power', 'quiet_hours', 'access_notes', 'pins', 'plan_sha256', 'dimensions', 'hospital_name', 'hospital_address', 'hospital_phone', 'hospital_minutes', 'on_site_aid',
  'contact_name', 'contact_phone', 'owner_party_id', 'tax_region', 'source', 'external_id',
] as const

export const locations = records({
  entity: location, permission: 'location:write', read: 'project:read', about: 'a venue, site or room', required: ['name', 'zone'], optional: details,
  filters: ['kind', 'status', 'parent_id', 'id', 'external_id'], sorts: ['path', 'name', 'kind', 'status', 'updated_at'],
})

export const createLocations = command({
  name: 'location.create_many',
  about: 'Makes venues, sites or rooms, at most 500; parents stand before what they contain.',
  input: z.strictObject({ locations: z.array(z.strictObject(inputOf(location, ['name', 'zone'], details))).min(1).max(bulkRows) }),
  output: WrittenMany,
  permission: 'location:write',
  target: { kind: 'visible' },
  sealed: (input, id) => input.locations.flatMap((_, index) => ['contact_name', 'contact_phone'].map((field) => ({ path: ['locations', index, field], subject: id(`location:${index}`) }))),
})

export const getLocation = query({
  name: 'location.get',
  about: 'One place with its rooms and the sun of a day there.',
  input: z.strictObject({ id: wire.id, date: wire.localDate.optional() }),
  output: z.record(z.string(), z.unknown()),
  permission: 'project:read',
  target: row,
})

export const setLocationStatus = command({
  name: 'location.set_status',
  about: 'Deprecates a place (never deleted), takes it off line, or brings it back.',
  input: z.strictObject({ id: wire.id, status: z.enum(['active', 'deprecated', 'offline']) }),
  output: Written,
  permission: 'location:deprecate',
  target: row,
})
