import type { sheetSections } from '../../../shared/domain/runsheets/model.ts'
import type { Key } from '../../i18n/index.ts'
import type { SheetDay } from './sheet-rows.ts'

export type Section = (typeof sheetSections)[number]

export interface SectionField {
  name: string
  label: Key
  /** `list`: texts with commas; `agenda`: one `09:00 words` a line; `kind`: scene or banner. */
  kind: 'text' | 'clock' | 'number' | 'list' | 'department' | 'day' | 'agenda' | 'kind'
  /** An empty text is null; else it is sent as it is. */
  nullable?: boolean
  /** Takes the room of two. */
  wide?: boolean
}

export interface SectionShape {
  fields: readonly SectionField[]
  /** A row on which nothing is written; what must be there is taken from the day. */
  empty: (day: SheetDay, department: string) => Readonly<Record<string, unknown>>
}

const text = (name: string, label: Key): SectionField => ({ name, label, kind: 'text' })
const maybe = (name: string, label: Key): SectionField => ({ name, label, kind: 'text', nullable: true })
const wide = (field: SectionField): SectionField => ({ ...field, wide: true })
const clock = (name: string, label: Key): SectionField => ({ name, label, kind: 'clock', nullable: true })

/** Every field of every typed section but the attachments, which are files. */
export const editableSections: Readonly<Record<Exclude<Section, 'attachments'>, SectionShape>> = {
  contacts: { fields: [text('label', 'sheet.label'), text('name', 'sheet.name'), maybe('phone', 'sheet.phone')], empty: () => ({ label: '', name: '', phone: null }) },
  transport: {
    fields: [
      clock('at', 'sheet.time'), wide(text('label', 'sheet.what')), maybe('from', 'sheet.from'), maybe('to', 'sheet.to'), maybe('vehicle', 'sheet.vehicle'), maybe('driver', 'sheet.driver'),
      wide(maybe('remarks', 'sheet.remarks')),
    ],
    empty: () => ({ at: null, label: '', from: null, to: null, vehicle: null, driver: null, remarks: null }),
  },
  hospitality: { fields: [text('label', 'sheet.label'), wide(text('text', 'sheet.text'))], empty: () => ({ label: '', text: '' }) },
  equipment: { fields: [wide(text('label', 'sheet.what')), { name: 'quantity', label: 'sheet.quantity', kind: 'number' }, wide(maybe('remarks', 'sheet.remarks'))], empty: () => ({ label: '', quantity: 1, remarks: null }) },
  lodging: {
    fields: [
      wide(text('name', 'sheet.name')), wide(maybe('address', 'location.address')), maybe('phone', 'sheet.phone'), clock('check_in_at', 'sheet.check_in'), clock('check_out_at', 'sheet.check_out'),
      maybe('breakfast', 'sheet.breakfast'), wide({ name: 'guests', label: 'sheet.guests', kind: 'list' }), wide(maybe('remarks', 'sheet.remarks')),
    ],
    empty: () => ({ name: '', address: null, phone: null, check_in_at: null, check_out_at: null, breakfast: null, guests: [], remarks: null }),
  },
  local_crew: {
    fields: [
      wide(text('trade', 'sheet.trade')), { name: 'quantity', label: 'sheet.quantity', kind: 'number' }, { name: 'start_at', label: 'sheet.start', kind: 'clock' }, clock('end_at', 'sheet.end'),
      maybe('place', 'sheet.place'), maybe('supplier', 'sheet.supplier'),
    ],
    empty: (day) => ({ trade: '', quantity: 1, start_at: day.from, end_at: null, place: null, supplier: null }),
  },
  scenes: {
    fields: [
      { name: 'kind', label: 'sheet.scene_kind', kind: 'kind' }, maybe('number', 'sheet.scene_number'), maybe('effect', 'sheet.scene_effect'), maybe('light', 'sheet.scene_light'), wide(maybe('set', 'sheet.scene_set')),
      wide(maybe('synopsis', 'sheet.what')), { name: 'cast', label: 'sheet.scene_cast', kind: 'list' }, { name: 'eighths', label: 'sheet.scene_eighths', kind: 'number', nullable: true },
      { name: 'minutes', label: 'sheet.scene_minutes', kind: 'number', nullable: true }, maybe('story_day', 'sheet.scene_story_day'), clock('start_at', 'sheet.start'), wide(maybe('notes', 'sheet.remarks')),
    ],
    empty: () => ({ kind: 'scene', number: null, effect: null, light: null, set: null, synopsis: null, cast: [], eighths: null, minutes: null, story_day: null, start_at: null, notes: null }),
  },
  cast: {
    fields: [
      text('number', 'sheet.number'), wide(text('role', 'assignment.role')), wide(maybe('performer', 'sheet.name')), maybe('status', 'sheet.cast_status'), clock('pickup_at', 'sheet.cast_pickup'), clock('arrive_at', 'sheet.cast_arrive'),
      clock('hmc_at', 'sheet.cast_hmc'), clock('rehearsal_at', 'sheet.cast_rehearsal'), clock('on_set_at', 'sheet.cast_on_set'), clock('wrap_at', 'sheet.cast_wrap'), maybe('transport', 'sheet.section.transport'), wide(maybe('notes', 'sheet.remarks')),
    ],
    empty: () => ({
      number: '', role: '', performer: null, status: null, pickup_at: null, arrive_at: null, hmc_at: null, rehearsal_at: null, on_set_at: null, wrap_at: null, transport: null, notes: null,
    }),
  },
  extras: {
    fields: [{ name: 'quantity', label: 'sheet.quantity', kind: 'number' }, wide(text('label', 'sheet.what')), clock('call_at', 'assignment.call'), maybe('wardrobe', 'sheet.wardrobe'), maybe('holding', 'sheet.holding')],
    empty: () => ({ quantity: 1, label: '', call_at: null, wardrobe: null, holding: null }),
  },
  department_notes: { fields: [{ name: 'department_id', label: 'sheet.department', kind: 'department' }, wide(text('text', 'sheet.text'))], empty: (_, department) => ({ department_id: department, text: '' }) },
  advance: {
    fields: [{ name: 'date', label: 'sheets.day', kind: 'day' }, maybe('code', 'sheet.day_code'), wide(maybe('note', 'sheet.text')), wide({ name: 'rows', label: 'sheet.agenda', kind: 'agenda' })],
    empty: (day) => ({ date: day.date, code: null, note: null, rows: [] }),
  },
}
