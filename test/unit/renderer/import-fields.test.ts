import { expect, test } from 'vitest'
import { FIELDS } from '../../../shared/documents/import/fields.ts'
import { fieldsOfKind } from '../../../renderer/pages/import/fields.ts'

test('the screens offer for each kind of file the fields that the core reads', () => {
  const known = Object.fromEntries(Object.entries(FIELDS).map(([kind, fields]) => [kind, fields.map((field) => field.field)]))
  expect(fieldsOfKind).toEqual(known)
})
