/** What a version says now: its own rows and the live rows of its missions, as one snapshot. Pure: equal material, equal snapshot. */
import { addDays } from '../../kernel/instants.ts'
import { sunTimes } from '../locations/sun.ts'
import { crewLines } from './crew-lines.ts'
import type { SheetMaterial } from './material.ts'
import { sectionBodies } from './operations.ts'
import type { Section } from './operations.ts'
import type { Language, SheetSnapshot } from './snapshot.ts'

type Place = SheetMaterial['places'][number]

export function buildSnapshot(material: SheetMaterial, language: Language = material.revision.language): SheetSnapshot {
  const { revision, missions, date, zone } = material
  const [lead] = missions
  return {
    format: 1, layout: material.sheet.layout, language, zone, date,
    organization: { id: material.organization.id, name: material.organization.name },
    project: { id: material.project.id, name: material.project.name },
    headline: revision.headline,
    missions: missions.map((row) => ({
      id: row.id, code: row.day_code ?? material.project.code, title: row.title, kind: row.kind, start_at: row.start_at, end_at: row.end_at, lead: row.id === lead.id,
    })),
    day: revision.day_number === null ? null : { number: revision.day_number, total: revision.day_total },
    unit: revision.unit,
    colour: revision.colour,
    source_revision_id: revision.source_revision_id,
    key_times: material.key_times.map((row) => ({ id: row.line_id, code: row.code, label: row.label, at: row.at, place: row.place })),
    alerts: revision.alerts,
    slots: material.slots.map((row) => ({
      id: row.line_id, kind: row.kind, label: row.label, detail: row.detail, start_at: row.start_at, end_at: row.end_at, location: row.place,
      departments: row.departments, everyone: row.everyone, person: row.person, important: row.important,
    })),
    ...crewLines(material, language),
    location: placeOf(material, language),
    emergency: emergencyOf(material),
    practical: {
      weather: revision.weather, sun: sunOf(material), catering: revision.catering, channels: revision.channels, safety: revision.safety,
    },
    notes: material.notes.map((row) => ({ id: row.line_id, visibility: row.visibility, text: row.text, author: row.author, at: row.noted_at })),
    transport: section(material, 'transport'), lodging: section(material, 'lodging'), local_crew: section(material, 'local_crew'),
    hospitality: section(material, 'hospitality'), equipment: section(material, 'equipment'), scenes: section(material, 'scenes'), cast: section(material, 'cast'),
    extras: section(material, 'extras'), department_notes: section(material, 'department_notes'), advance: advanceOf(material),
    contacts: section(material, 'contacts'), attachments: section(material, 'attachments'),
    legal_note: revision.legal_note,
    ...(material.layout_setting === null ? {} : { section_order: [...material.layout_setting.sections] }),
    validator: revision.validated_at === null || material.validator === null ? null : { ...material.validator, at: revision.validated_at },
    distribution_count: null,
  }
}

function section<S extends Section>(material: SheetMaterial, name: S): SheetSnapshot[S] {
  // Rows of a section that the organization leaves out stay in the draft, unprinted.
  const printed = material.layout_setting?.sections.includes(name) ?? true
  const rows = (printed ? material.rows : []).filter((row) => row.section === name).map((row) => ({ id: row.line_id, ...sectionBodies[name].parse(row.body) }))
  return rows as unknown as SheetSnapshot[S]
}

/** The first place, from the room out, that knows it. */
const known = <K extends keyof Place>(places: readonly Place[], field: K): Place[K] | null => places.find((place) => place[field] !== null)?.[field] ?? null
const linesOf = (text: string | null): string[] => (text ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '')

/** A gate named by a letter or a number says nothing alone: those share one line, gates in words have their own. */
function gateLines(gates: readonly string[], language: Language): string[] {
  const names = gates.map((gate) => gate.trim()).filter((gate) => gate !== '')
  const short = names.filter((name) => /^[\p{L}\d]{1,3}$/u.test(name))
  const together = short.length === 0 ? [] : [`${language === 'fr' ? 'Portes :' : 'Gates:'} ${short.join(', ')}`]
  return [...together, ...names.filter((name) => !short.includes(name))]
}

function placeOf({ places, revision }: SheetMaterial, language: Language): SheetSnapshot['location'] {
  const [place] = places
  if (!place) return null
  const pinned = places.find((one) => one.pins.length > 0 || one.plan_sha256 !== null) ?? place
  const gated = places.find((one) => one.gates.length > 0) ?? place
  const placed = places.find((one) => one.latitude !== null && one.longitude !== null)
  return {
    id: place.id,
    name: places.map((one) => one.name).toReversed().join(', '),
    address: linesOf(known(places, 'address')),
    coordinates: placed?.latitude == null || placed.longitude === null ? null : { latitude: placed.latitude, longitude: placed.longitude },
    access: [
      ...linesOf(known(places, 'access_notes')).map((text, index) => ({ id: `access-${index + 1}`, text })),
      ...gateLines(gated.gates, language).map((text, index) => ({ id: `gate-${index + 1}`, text })),
    ],
    parking: known(places, 'parking'),
    public_transport: null,
    pins: pinned.pins.flatMap(({ letter, label, x, y }, index) => {
      if (letter.trim() === '') return []
      const said = { id: `pin-${index + 1}`, letter: letter.trim(), label }
      // A plan of the day only is another drawing: where pins stand on the place's own says nothing of it.
      return revision.plan_sha256 === null && x != null && y != null ? [{ ...said, x, y }] : [said]
    }),
    plan_sha256: revision.plan_sha256 ?? pinned.plan_sha256,
  }
}

function emergencyOf({ places, revision }: SheetMaterial): SheetSnapshot['emergency'] {
  const near = places.find((place) => place.hospital_name !== null)
  return {
    numbers: revision.emergency_numbers,
    on_site: revision.on_site_aid ?? known(places, 'on_site_aid'),
    hospital: revision.hospital ?? (near?.hospital_name == null ? null : {
      name: near.hospital_name, address: near.hospital_address, phone: near.hospital_phone, minutes: near.hospital_minutes, distance_km: null,
    }),
  }
}

function sunOf({ places, date, zone }: SheetMaterial): SheetSnapshot['practical']['sun'] {
  const placed = places.find((place) => place.latitude !== null && place.longitude !== null)
  if (placed?.latitude == null || placed.longitude === null) return { rise_at: null, set_at: null, next_rise_at: null }
  const today = sunTimes(placed.latitude, placed.longitude, date, zone)
  return { rise_at: today.rise_at, set_at: today.set_at, next_rise_at: sunTimes(placed.latitude, placed.longitude, addDays(date, 1), zone).rise_at }
}

/** Typed rows when there are some; otherwise the project's missions of the next day. */
function advanceOf(material: SheetMaterial): SheetSnapshot['advance'] {
  const typed = section(material, 'advance')
  if (typed.length > 0 || material.next_day.length === 0 || material.layout_setting?.sections.includes('advance') === false) return typed
  const codes = [...new Set(material.next_day.flatMap(({ mission }) => (mission.day_code === null ? [] : [mission.day_code])))]
  return [{
    id: 'next-day', date: addDays(material.date, 1), code: codes.length > 0 ? codes.join(' + ') : null, note: null,
    rows: material.next_day.map(({ mission, place }) => ({ id: mission.id, at: mission.start_at, text: place === null ? mission.title : `${mission.title}, ${place}` })),
  }]
}
