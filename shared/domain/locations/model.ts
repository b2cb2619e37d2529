import { z } from 'zod'
import { entity, f, optional, withInitial } from '../entity.ts'

export const locationKinds = ['venue', 'site', 'room'] as const
/** E crew entrance, B dock, P parking, + defibrillator, R assembly point, or any other one or two characters. */
const pin = z.strictObject({
  letter: z.string().max(2), label: z.string().max(120), latitude: z.number().nullable(), longitude: z.number().nullable(),
  /** On the plan, from its top left corner, as parts of its width and height; null: not on it. */
  x: z.number().min(0).max(1).nullable().optional(), y: z.number().min(0).max(1).nullable().optional(),
})

/** Venue > site > room. Sets the time zone, the access and the emergency lines that sheets print. Never deleted: deprecated. */
export const location = entity({
  name: 'location',
  scope: 'organization',
  fields: {
    kind: withInitial(f.oneOf(locationKinds), 'venue'),
    parent_id: optional(f.id('location')),
    name: f.text(160),
    slug: f.pattern(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    label_history: withInitial(f.json(z.array(z.strictObject({ name: z.string(), until: z.string() })).max(50), { class: 'derived' }), []),
    description: optional(f.longText()),
    status: withInitial(f.oneOf(['active', 'deprecated', 'offline']), 'active'),
    /** Several missions at once are normal here. */
    shareable: withInitial(f.flag(), false),
    address: optional(f.longText()),
    latitude: optional(f.real(-90, 90)),
    longitude: optional(f.real(-180, 180)),
    map_reference: optional(f.text(200)),
    zone: f.zone(),
    capacity: optional(f.integer(0, 1_000_000)),
    /** Stage, doors, clear height, as typed. */
    dimensions: optional(f.text(300)),
    equipment_capacity: optional(f.text(300)),
    hazards: f.tags(),
    accessibility: optional(f.longText()),
    gates: f.tags(),
    parking: optional(f.longText()),
    power: optional(f.text(300)),
    quiet_hours: optional(f.text(200)),
    access_notes: optional(f.longText()),
    pins: withInitial(f.json(z.array(pin).max(20)), []),
    /** The image on which pins stand; null: a lettered list. */
    plan_sha256: optional(f.pattern(/^[0-9a-f]{64}$/)),
    hospital_name: optional(f.text(200)),
    hospital_address: optional(f.text(300)),
    hospital_phone: optional(f.text(40)),
    hospital_minutes: optional(f.integer(0, 600)),
    on_site_aid: optional(f.text(300)),
    /** Sheets print it; the rest of the crew has no use for it. */
    contact_name: optional(f.text(120, { personal: true, readable: 'contact:read' })),
    contact_phone: optional(f.text(40, { personal: true, readable: 'contact:read' })),
    owner_party_id: optional(f.id('party')),
    tax_region: optional(f.text(40)),
    source: optional(f.text(80)),
    external_id: optional(f.text(200)),
  },
  units: [['latitude', 'longitude']],
  unique: [['slug']],
  search: ['name', 'address'],
  /** Its contact is a person: sealed with a key of the place. */
  owner: 'id',
})
