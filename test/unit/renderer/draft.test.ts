import { expect, test } from 'vitest'
import { differing, listOf, orNull } from '../../../renderer/components/draft.ts'

test('only the fields that differ from what is saved are sent', () => {
  expect(differing({ title: 'Show', notes: null as string | null, tags: ['a'] }, { title: 'Show', notes: 'rain', tags: ['a'] })).toEqual({ notes: 'rain' })
})
test('a field emptied on purpose is sent as empty', () => {
  expect(differing({ notes: 'rain' }, { notes: orNull('  ') })).toEqual({ notes: null })
})
test('short lists are typed on one line', () => expect(listOf('rigging, ; night work')).toEqual(['rigging', 'night work']))
