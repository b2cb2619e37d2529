/** A choice in the resolver that would be refused says which field is wrong and how, in both languages. */
import IntlMessageFormat from 'intl-messageformat'
import { expect, test } from 'vitest'
import { failureTextIn } from '../../../renderer/app/failure-text.ts'
import { formatOf } from '../../../renderer/i18n/format.ts'
import type { Key, Translate } from '../../../renderer/i18n/index.ts'
import { en, fr } from '../../../renderer/i18n/texts.ts'
import { refusedFields } from '../../../renderer/pages/sync/words.ts'

const said = (texts: Readonly<Record<Key, string>>, language: 'fr' | 'en', details: Parameters<typeof refusedFields>[2]): string[] => {
  const t: Translate = (key, values) => String(new IntlMessageFormat(texts[key], language).format({ ...values }))
  return refusedFields(t, failureTextIn(t, formatOf(language)), details).map((line) => line.replaceAll(/[\u00a0\u202f]/g, ' '))
}

test('a refused choice names its fields by what the screens call them', () => {
  const details = [{ field: 'changes.priority', issue: 'too_big' }, { field: 'rows.0.start_at', issue: 'required', expected: null }]
  expect(said(fr, 'fr', details)).toEqual(['Priorité : Trop long ou trop grand.', 'Début : À remplir.'])
  expect(said(en, 'en', details)).toEqual(['Priority: Too long or too big.', 'Start: Fill this in.'])
})

test('what is about no field, or about one without a name, adds nothing', () => {
  expect(said(fr, 'fr', [{ field: null, issue: 'required' }, { field: 'changes.no_such_field', issue: 'required' }])).toEqual([])
})
