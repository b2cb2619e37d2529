import type { sheetSections } from '../../../shared/domain/runsheets/model.ts'
import type { Key } from '../../i18n/index.ts'

export type Section = (typeof sheetSections)[number]

export interface SectionField {
  name: string
  label: Key
  kind: 'text' | 'clock' | 'number'
  /** An empty text is null; else it is sent as it is. */
  nullable?: boolean
}

/** Sections that are edited as plain lines, with the fields shown; the others of a body keep their empty value. */
export const editableSections: Partial<Record<Section, { fields: readonly SectionField[]; empty: Readonly<Record<string, unknown>> }>> = {
  contacts: {
    fields: [
      { name: 'label', label: 'sheet.label', kind: 'text' },
      { name: 'name', label: 'sheet.name', kind: 'text' },
      { name: 'phone', label: 'sheet.phone', kind: 'text', nullable: true },
    ],
    empty: { label: '', name: '', phone: null },
  },
  transport: {
    fields: [
      { name: 'at', label: 'sheet.time', kind: 'clock', nullable: true },
      { name: 'label', label: 'sheet.what', kind: 'text' },
      { name: 'driver', label: 'sheet.driver', kind: 'text', nullable: true },
    ],
    empty: { at: null, label: '', from: null, to: null, vehicle: null, driver: null, remarks: null },
  },
  hospitality: {
    fields: [
      { name: 'label', label: 'sheet.label', kind: 'text' },
      { name: 'text', label: 'sheet.text', kind: 'text' },
    ],
    empty: { label: '', text: '' },
  },
  equipment: {
    fields: [
      { name: 'label', label: 'sheet.what', kind: 'text' },
      { name: 'quantity', label: 'sheet.quantity', kind: 'number' },
      { name: 'remarks', label: 'sheet.remarks', kind: 'text', nullable: true },
    ],
    empty: { label: '', quantity: 1, remarks: null },
  },
  lodging: {
    fields: [
      { name: 'name', label: 'sheet.name', kind: 'text' },
      { name: 'address', label: 'location.address', kind: 'text', nullable: true },
      { name: 'phone', label: 'sheet.phone', kind: 'text', nullable: true },
    ],
    empty: { name: '', address: null, phone: null, check_in_at: null, check_out_at: null, breakfast: null, guests: [], remarks: null },
  },
  scenes: {
    fields: [
      { name: 'number', label: 'sheet.scene_number', kind: 'text', nullable: true },
      { name: 'set', label: 'sheet.scene_set', kind: 'text', nullable: true },
      { name: 'synopsis', label: 'sheet.what', kind: 'text', nullable: true },
    ],
    empty: { kind: 'scene', number: null, effect: null, light: null, set: null, synopsis: null, cast: [], eighths: null, minutes: null, story_day: null, start_at: null, notes: null },
  },
  cast: {
    fields: [
      { name: 'number', label: 'sheet.number', kind: 'text' },
      { name: 'role', label: 'assignment.role', kind: 'text' },
      { name: 'performer', label: 'sheet.name', kind: 'text', nullable: true },
    ],
    empty: {
      number: '', role: '', performer: null, status: null, pickup_at: null, arrive_at: null, hmc_at: null, rehearsal_at: null, on_set_at: null, wrap_at: null, transport: null, notes: null,
    },
  },
  extras: {
    fields: [
      { name: 'quantity', label: 'sheet.quantity', kind: 'number' },
      { name: 'label', label: 'sheet.what', kind: 'text' },
      { name: 'call_at', label: 'assignment.call', kind: 'clock', nullable: true },
    ],
    empty: { quantity: 1, label: '', call_at: null, wardrobe: null, holding: null },
  },
}
