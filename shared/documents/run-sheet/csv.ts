import { duration, eighths, minutesBetween, offsetOf } from '../../domain/runsheets/formats.ts'
import type { Language, SheetIssue, SheetSnapshot } from '../../domain/runsheets/snapshot.ts'
import { toLocal } from '../../kernel/instants.ts'
import type { Instant } from '../../kernel/instants.ts'
import { sheetWords, versionLabel } from './words.ts'

export interface CsvOptions {
  language?: Language
  /** `field` leaves internal notes out. */
  variant?: 'full' | 'field'
}

interface Cells {
  section: string
  at?: Instant | null
  end?: Instant | null
  department?: string
  label?: string | null
  name?: string | null
  phone?: string | null
  place?: string | null
  quantity?: number | null
  state?: string | null
  details?: (string | null)[]
}

const HEAD: Record<Language, string[]> = {
  fr: ['Rubrique', 'Date', 'Début', 'Fin', 'Décalage', 'Service', 'Quoi', 'Nom', 'Téléphone', 'Lieu', 'Nombre', 'État', 'Détails'],
  en: ['Section', 'Date', 'Start', 'End', 'Offset', 'Department', 'What', 'Name', 'Phone', 'Place', 'Number', 'State', 'Details'],
}

/**
 * The content of the sheet as one table: RFC 4180 with CRLF, UTF-8 with a byte order mark, `;` in French and `,` in English. The first
 * line carries the identifiers (organization, project, mission, version, generated at, content hash, where to check), the second the
 * heads; every line has the same number of fields. Cells that a spreadsheet would take for a formula start with an apostrophe.
 */
export function runSheetCsv(snapshot: SheetSnapshot, issue: SheetIssue, options: CsvOptions = {}): string {
  const language = options.language ?? snapshot.language
  const words = sheetWords[language]
  const state =
    issue.state === 'draft'
      ? `${words.draft}, ${words.notSent}`
      : issue.state === 'validated'
        ? `${words.validated}, ${words.notSent}`
        : words.published
  const identifiers = [
    words.title,
    snapshot.organization.name,
    snapshot.project.name,
    snapshot.missions.map((mission) => mission.code).join(' + '),
    snapshot.date,
    snapshot.zone,
    versionLabel(issue, language),
    state,
    issue.generated_at,
    issue.content_hash,
    issue.superseded_by === null ? '' : words.supersededBy(issue.superseded_by),
    issue.demo ? words.demo : '',
    words.check,
  ]
  const rows = cellsOf(snapshot, language, options.variant ?? 'full').map((cells) => rowOf(cells, snapshot, language))
  const separator = language === 'fr' ? ';' : ','
  const line = (row: string[]): string => `${row.map((cell) => field(cell, separator)).join(separator)}\r\n`
  return `\ufeff${[identifiers, HEAD[language], ...rows].map(line).join('')}`
}

function rowOf(cells: Cells, snapshot: SheetSnapshot, language: Language): string[] {
  const at = cells.at ?? null
  const local = at === null ? null : toLocal(at, snapshot.zone)
  const end = cells.end ?? null
  const ends = end === null ? null : toLocal(end, snapshot.zone)
  const endText = ends === null ? '' : ends.date === local?.date ? ends.time : `${ends.date} ${ends.time}`
  const length = at !== null && end !== null ? duration(minutesBetween(at, end), language) : null
  return [
    cells.section,
    local?.date ?? '',
    local?.time ?? '',
    endText,
    at === null ? '' : offsetOf(at, snapshot.zone),
    cells.department ?? '',
    cells.label ?? '',
    cells.name ?? '',
    cells.phone ?? '',
    cells.place ?? '',
    cells.quantity === undefined || cells.quantity === null ? '' : String(cells.quantity),
    cells.state ?? '',
    [length, ...(cells.details ?? [])].filter((part) => part !== null && part !== '').join(' · '),
  ]
}

function cellsOf(sheet: SheetSnapshot, language: Language, variant: 'full' | 'field'): Cells[] {
  const words = sheetWords[language]
  const codes = new Map(sheet.departments.map((department) => [department.id, department.code]))
  const time = (at: Instant | null): string => (at === null ? '' : toLocal(at, sheet.zone).time)
  const named = (word: string, value: string | null): string | null => (value === null || value === '' ? null : `${word} ${value}`)
  const { emergency, practical, location } = sheet
  return [
    ...sheet.missions.map((row): Cells => ({ section: 'Mission', at: row.start_at, end: row.end_at, label: row.code, name: row.title })),
    ...(sheet.headline === null && sheet.day === null && sheet.unit === null
      ? []
      : [
          {
            section: words.title,
            label: sheet.headline,
            details: [
              sheet.day === null ? null : words.day(sheet.day.number, sheet.day.total),
              sheet.unit === null ? null : words.unit(sheet.unit),
              sheet.colour,
            ],
          },
        ]),
    ...sheet.key_times.map((row): Cells => ({
      section: words.time,
      at: row.at,
      label: row.label ?? words.keyTimes[row.code] ?? row.code,
      place: row.place,
    })),
    ...sheet.alerts.map((row): Cells => ({ section: '!', label: row.title, details: [row.text] })),
    ...sheet.slots.map((row): Cells => ({
      section: words.schedule,
      at: row.start_at,
      end: row.end_at,
      department: row.everyone ? words.everyone : row.departments.join(' · '),
      label: row.label,
      name: row.person,
      place: row.location,
      details: [row.detail],
    })),
    ...sheet.scenes.map((row): Cells => ({
      section: words.scenes,
      at: row.start_at,
      label: row.kind === 'banner' ? row.synopsis : `${row.number ?? ''} ${row.effect ?? ''} ${row.light ?? ''}`.trim(),
      name: row.cast.join(', '),
      place: row.set,
      details: [
        row.kind === 'banner' ? null : row.synopsis,
        row.eighths === null ? null : eighths(row.eighths),
        row.minutes === null ? null : `${row.minutes} min`,
        named(words.storyDay, row.story_day),
        row.notes,
      ],
    })),
    ...sheet.cast.map((row): Cells => ({
      section: words.cast,
      at: row.on_set_at,
      end: row.wrap_at,
      label: `${row.number}. ${row.role}`,
      name: row.performer,
      state: row.status,
      details: [
        named(words.pickup, time(row.pickup_at)),
        named(words.arrive, time(row.arrive_at)),
        named(words.hmc, time(row.hmc_at)),
        named(words.rehearsal, time(row.rehearsal_at)),
        row.transport,
        row.notes,
      ],
    })),
    ...sheet.extras.map((row): Cells => ({
      section: words.extras,
      at: row.call_at,
      label: row.label,
      place: row.holding,
      quantity: row.quantity,
      details: [row.wardrobe],
    })),
    ...sheet.people.map((row): Cells => ({
      section: words.crew,
      at: row.call_at,
      end: row.end_at,
      department: codes.get(row.department_id) ?? '',
      label: row.crew_role,
      name: row.name,
      phone: row.phone,
      quantity: row.quantity,
      state: row.marker === null ? null : (words.markers[row.marker] ?? null),
      details: [named(words.meal, time(row.meal_at)), named(words.channel, row.channel), row.remarks],
    })),
    ...(location === null
      ? []
      : [
          {
            section: words.location,
            label: location.name,
            place: location.address.join(', '),
            details: [
              location.coordinates === null ? null : `${location.coordinates.latitude}, ${location.coordinates.longitude}`,
              named(words.parking, location.parking),
              named(words.publicTransport, location.public_transport),
            ],
          },
          ...location.access.map((row): Cells => ({ section: words.location, label: row.text })),
          ...location.pins.map((row): Cells => ({ section: words.plan, label: row.letter, details: [row.label] })),
        ]),
    ...emergency.numbers.map((row): Cells => ({ section: words.emergency, label: row.label, phone: row.number })),
    ...(emergency.on_site === null ? [] : [{ section: words.emergency, label: words.onSite, details: [emergency.on_site] }]),
    ...(emergency.hospital === null
      ? []
      : [
          {
            section: words.emergency,
            label: words.nearestHospital,
            name: emergency.hospital.name,
            phone: emergency.hospital.phone,
            place: emergency.hospital.address,
            details: [emergency.hospital.minutes === null ? null : words.minutes(emergency.hospital.minutes)],
          },
        ]),
    ...(practical.weather?.periods.map((row): Cells => ({
      section: words.weather,
      label: row.label,
      details: [row.figure, row.note, practical.weather?.source ?? null],
    })) ?? []),
    ...(practical.sun.rise_at === null ? [] : [{ section: words.weather, at: practical.sun.rise_at, label: words.sunrise }]),
    ...(practical.sun.set_at === null ? [] : [{ section: words.weather, at: practical.sun.set_at, label: words.sunset }]),
    ...(practical.sun.next_rise_at === null ? [] : [{ section: words.weather, at: practical.sun.next_rise_at, label: words.sunrise }]),
    ...practical.catering.map((row): Cells => ({ section: words.catering, label: row.text })),
    ...practical.channels.map((row): Cells => ({ section: words.channels, label: row.channel, details: [row.use] })),
    ...practical.safety.map((row): Cells => ({ section: words.safety, label: row.text })),
    ...sheet.notes
      .filter((row) => variant === 'full' || row.visibility === 'field')
      .map((row): Cells => ({
        section: words.notes,
        label: row.text,
        name: row.author,
        state: row.visibility === 'internal' ? words.internal : null,
      })),
    ...sheet.transport.map((row): Cells => ({
      section: words.transport,
      at: row.at,
      label: row.label,
      name: row.driver,
      place: [row.from, row.to].filter((part) => part !== null).join(' → '),
      details: [row.vehicle, row.remarks],
    })),
    ...sheet.local_crew.map((row): Cells => ({
      section: words.localCrew,
      at: row.start_at,
      end: row.end_at,
      label: row.trade,
      name: row.supplier,
      place: row.place,
      quantity: row.quantity,
    })),
    ...sheet.lodging.map((row): Cells => ({
      section: words.lodging,
      at: row.check_in_at,
      end: row.check_out_at,
      label: row.name,
      name: row.guests.join(', '),
      phone: row.phone,
      place: row.address,
      details: [named(words.breakfast, row.breakfast), row.remarks],
    })),
    ...sheet.hospitality.map((row): Cells => ({ section: words.hospitality, label: row.label, details: [row.text] })),
    ...sheet.equipment.map((row): Cells => ({
      section: words.equipment,
      label: row.label,
      quantity: row.quantity,
      details: [row.remarks],
    })),
    ...sheet.department_notes.map((row): Cells => ({
      section: words.departmentNotes,
      department: codes.get(row.department_id) ?? '',
      label: row.text,
    })),
    ...sheet.advance.flatMap((day) =>
      day.rows.map((row): Cells => ({
        section: words.nextDay,
        at: row.at,
        label: row.text,
        details: [day.code, row.at === null ? day.date : null, day.note],
      })),
    ),
    ...sheet.contacts.map((row): Cells => ({ section: words.contacts, label: row.label, name: row.name, phone: row.phone })),
    ...sheet.attachments.map((row): Cells => ({
      section: words.attachments,
      label: row.name,
      details: [`${row.size_bytes} B`, `SHA-256 ${row.sha256}`],
    })),
    ...(sheet.legal_note === null ? [] : [{ section: words.legal, label: sheet.legal_note }]),
    ...(sheet.validator === null
      ? []
      : [{ section: words.validatedBy, at: sheet.validator.at, label: sheet.validator.role, name: sheet.validator.name }]),
  ]
}

function field(text: string, separator: string): string {
  // OWASP: what begins like a formula, also after a tab or a line break, is made text.
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  return safe.includes(separator) || /["\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}
