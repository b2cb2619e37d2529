/** Documents about places: the list, and the sheet that gets people in. */
import { z } from 'zod'
import { detail, refuseFor } from '../../../domain/errors.ts'
import type { Row } from '../../../domain/entity.ts'
import { location } from '../../../domain/locations/model.ts'
import { isId } from '../../../kernel/ids.ts'
import type { Id } from '../../../kernel/ids.ts'
import type { FactsSection, ListContent, PairSection, PlanSection, Section } from '../content.ts'
import { column, countNote, kindWord, listed, stateCell } from '../desk.ts'
import type { Desk } from '../desk.ts'
import { filterSentence } from '../filters.ts'
import { base } from './base.ts'

type Place = Row<typeof location>
const Line = z.object({ id: z.custom<Id>(isId) })
const text = z.string().nullable()
const LocationLine = Line.extend({
  kind: z.string(), name: z.string(), parent_name: text, address: text, zone: z.string(), capacity: z.number().nullable(), status: z.string(), contact_name: text, contact_phone: text, hazards: z.array(z.string()),
})
const linesOf = (value: string | null): string[] => (value ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '')

export async function locationList(desk: Desk): Promise<ListContent> {
  const places = await listed(desk, 'location.list', LocationLine, { scoped: false, sort: ['name'] })
  return {
    ...base({ ...desk, project: null }, 'location_list', desk.say('Liste des lieux', 'Location list')),
    notes: [countNote(desk, places.length, ['lieu', 'lieux'], ['place', 'places'])],
    filters: await filterSentence(desk, 'location.list'),
    sections: [{
      kind: 'table', title: null, note: null, empty: desk.say('Aucun lieu.', 'No place.'),
      columns: [
        column('name', desk.say('Lieu', 'Place'), 'strong', 110, 1.2), column('kind', desk.say('Type', 'Kind'), 'quiet', 36), column('parent', desk.say('Dans', 'In'), 'text', 70, 0.7), column('address', desk.say('Adresse', 'Address'), 'text', 100, 1.2),
        column('capacity', desk.say('Jauge', 'Capacity'), 'count', 36), column('contact', 'Contact', 'text', 64, 0.6), column('phone', desk.say('Téléphone', 'Phone'), 'phone', 84), column('zone', desk.say('Fuseau', 'Time zone'), 'quiet', 62), column('state', desk.say('État', 'State'), 'state', 44),
      ],
      groups: [{ id: 'all', code: null, title: '', count: null, rows: places.map((one) => ({
        id: one.id,
        cells: {
          name: one.name, kind: kindWord(desk, one.kind), parent: one.parent_name, address: linesOf(one.address).join(', ') || null, capacity: one.capacity, contact: one.contact_name, phone: one.contact_phone, zone: one.zone,
          state: stateCell(desk, 'location', one.status),
        },
      })) }],
    }],
  }
}

/** One place a page: how to get in, what it offers, what is dangerous, whom to call. */
export async function siteSheet(desk: Desk): Promise<ListContent> {
  const ids = (await listed(desk, 'location.list', Line, { scoped: false, sort: ['name'] })).map((one) => one.id)
  const places = (await desk.reader.getMany(location, ids)).toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
  if (places.length === 0) throw refuseFor('location', 'not_found', detail('ids', 'not_found', null, desk.ids?.[0] ?? null))
  const around = new Map((await desk.reader.getMany(location, places.flatMap((one) => one.parent_id ?? []))).map((row) => [row.id as string, row]))
  const parents = new Map([...around].map(([id, row]) => [id, row.name]))
  const [only] = places
  const sections = places.flatMap((place, index): Section[] => [
    ...(places.length === 1 ? [] : [{ kind: 'table' as const, title: place.name, note: subtitle(desk, place, parents), columns: [], groups: [], empty: '', ...(index > 0 ? { fresh: true as const } : {}) }]),
    siteOf(desk, within(place, place.parent_id === null ? undefined : around.get(place.parent_id))),
  ])
  return {
    ...base({ ...desk, project: null }, 'site_sheet', only && places.length === 1 ? only.name : desk.say('Fiches de lieu', 'Site sheets')),
    badge: only && places.length === 1 ? kindWord(desk, only.kind) : null,
    subtitle: only && places.length === 1 ? subtitle(desk, only, parents) : '',
    notes: [desk.say('Fiche de lieu', 'Site sheet'), ...(only && places.length === 1 ? [`${desk.say('fuseau', 'time zone')} ${only.zone}`] : [`${places.length} ${desk.say('lieux', 'places')}`])],
    filters: desk.filtered === null ? null : await filterSentence(desk, 'location.list'),
    zone: only?.zone ?? desk.organization.default_zone,
    sections,
  }
}

const subtitle = (desk: Desk, place: Place, parents: ReadonlyMap<string, string>): string =>
  [place.parent_id === null ? null : (parents.get(place.parent_id) ?? null), place.capacity === null ? null : `${desk.say('jauge', 'capacity')} ${place.capacity}`].filter((part) => part !== null).join(' · ')

/** A room is reached and helped as the place around it, where it says nothing of its own. */
function within(place: Place, around: Place | undefined): Place {
  if (!around) return place
  const own = { ...place }
  for (const name of ['address', 'access_notes', 'parking', 'map_reference', 'contact_name', 'contact_phone', 'on_site_aid', 'quiet_hours'] as const) own[name] ??= around[name]
  if (own.latitude === null) Object.assign(own, { latitude: around.latitude, longitude: around.longitude })
  if (own.hospital_name === null) {
    const { hospital_name, hospital_address, hospital_phone, hospital_minutes } = around
    Object.assign(own, { hospital_name, hospital_address, hospital_phone, hospital_minutes })
  }
  if (own.gates.length === 0) own.gates = around.gates
  if (own.pins.length === 0 && own.plan_sha256 === null) Object.assign(own, { pins: around.pins, plan_sha256: around.plan_sha256 })
  return own
}

const planOf = ({ say }: Desk, place: Place, centre: PlanSection['centre']): PlanSection => ({
  kind: 'plan', title: say('Plan', 'Plan'), plan_sha256: place.plan_sha256, centre,
  pins: place.pins.map(({ letter, label, latitude, longitude, x, y }) => ({ letter, label, latitude, longitude, x: x ?? null, y: y ?? null })),
})

function siteOf(desk: Desk, place: Place): PairSection {
  const { say } = desk
  const fact = (id: string, label: string, value: string | null): FactsSection['facts'] => (linesOf(value).length === 0 ? [] : [{ id, label, lines: linesOf(value) }])
  const part = (title: string, facts: FactsSection['facts'], more: Partial<FactsSection> = {}): FactsSection[] => (facts.length === 0 && !more.geo ? [] : [{ kind: 'facts', title, boxed: false, geo: null, facts, ...more }])
  const geo = place.latitude === null || place.longitude === null ? null : { latitude: place.latitude, longitude: place.longitude }
  const minutes = place.hospital_minutes === null ? [] : [`${place.hospital_minutes} min`]
  return {
    kind: 'pair',
    left: [
      ...part(say('Adresse et accès', 'Address and access'), [
        ...fact('address', say('Adresse', 'Address'), place.address), ...fact('access', say('Accès', 'Access'), place.access_notes),
        ...fact('gates', say('Entrées', 'Gates'), place.gates.join('\n')), ...fact('parking', say('Stationnement', 'Parking'), place.parking), ...fact('accessibility', say('Accessibilité', 'Accessibility'), place.accessibility),
        ...fact('geo', say('Coordonnées', 'Coordinates'), geo === null ? null : `${geo.latitude.toFixed(5)}, ${geo.longitude.toFixed(5)} (WGS 84)`), ...fact('map', say('Repère de carte', 'Map reference'), place.map_reference),
      ], { geo }),
      ...part(say('Technique', 'Technical'), [
        ...fact('dimensions', say('Dimensions', 'Dimensions'), place.dimensions), ...fact('power', say('Électricité', 'Power'), place.power), ...fact('equipment', say('Matériel sur place', 'Equipment in place'), place.equipment_capacity),
        ...fact('capacity', say('Jauge', 'Capacity'), place.capacity === null ? null : String(place.capacity)), ...fact('quiet', say('Silence', 'Quiet hours'), place.quiet_hours === null ? null : `${place.quiet_hours} (${place.zone})`),
      ]),
      ...part(say('Notes', 'Notes'), fact('description', '', place.description)),
    ],
    right: [
      ...part(say('Urgences', 'Emergency'), [
        { id: '112', label: '', lines: ['112'], strong: true },
        ...fact('aid', say('Secours sur place', 'First aid on site'), place.on_site_aid),
        ...fact('hospital', say('Hôpital le plus proche', 'Nearest hospital'), [place.hospital_name, place.hospital_address, [...minutes, ...(place.hospital_phone === null ? [] : [place.hospital_phone])].join(' · ')].filter((line) => line !== null && line !== '').join('\n')),
      ], { boxed: true }),
      ...part(say('Risques', 'Hazards'), fact('hazards', '', place.hazards.map((one) => `! ${one}`).join('\n'))),
      ...part(say('Contacts', 'Contacts'), fact('contact', say('Sur place', 'On site'), [place.contact_name, place.contact_phone].filter((one) => one !== null).join('\n'))),
      ...(place.pins.length === 0 && place.plan_sha256 === null ? [] : [planOf(desk, place, geo)]),
    ],
  }
}
