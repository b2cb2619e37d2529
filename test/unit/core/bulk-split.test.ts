import { describe, expect, it } from 'vitest'
import { splitBulk } from '../../../shared/core/bulk-split.ts'
import { deriveId } from '../../../shared/kernel/ids.ts'
import type { RecordedRow } from '../../../shared/store/write-set.ts'

const id = (name: string) => deriveId('bulk', name)
const row = (name: string, fields: RecordedRow['fields'] = {}, op: RecordedRow['op'] = 'update'): RecordedRow => ({ entity: 'assignment', id: id(name), op, fields })

describe('a command on many rows of which some conflict', () => {
  const record = { rows: [row('one'), row('two'), row('three')] }
  it('goes through for the others, with their bases as they were', () => {
    expect(splitBulk({ input: { ids: [id('one'), id('two'), id('three')], days: 0, minutes: 30 }, record }, [id('two')]))
      .toEqual({ input: { ids: [id('one'), id('three')], days: 0, minutes: 30 }, record: { rows: [record.rows[0], record.rows[2]] } })
    expect(splitBulk({ input: { changes: [{ id: id('one') }, { id: id('two') }] }, record: { rows: [row('one'), row('two')] } }, [id('one')]))
      .toEqual({ input: { changes: [{ id: id('two') }] }, record: { rows: [row('two')] } })
  })
  it('takes a replacement along with whom it replaces', () => {
    const made = row('new', { replaces_assignment_id: { base: null, mine: id('two'), from: null } }, 'insert')
    expect(splitBulk({ input: { ids: [id('one'), id('two')] }, record: { rows: [row('one'), row('two'), made] } }, [made.id])).toEqual({ input: { ids: [id('one')] }, record: { rows: [row('one')] } })
  })
  it('is left whole where a row follows from no one entry, where nothing is left, or where it lists nothing', () => {
    expect(splitBulk({ input: { ids: [id('one'), id('two')] }, record: { rows: [row('one'), row('two'), row('elsewhere')] } }, [id('one')])).toBeNull()
    expect(splitBulk({ input: { ids: [id('one'), id('two')] }, record }, [id('one'), id('two')])).toBeNull()
    expect(splitBulk({ input: { id: id('one'), version: 1, changes: { start_at: '' } }, record: { rows: [row('one')] } }, [id('one')])).toBeNull()
    expect(splitBulk({ input: { ids: [id('one')] }, record: { rows: [row('one')] } }, [id('one')])).toBeNull()
  })
})
