import { describe, expect, test } from 'vitest'
import { refusedRows } from '../../../renderer/pages/engagement/refused-rows.ts'
import type { ErrorDetail } from '../../../shared/kernel/result.ts'

const detail = (field: string | null, found: string | null): ErrorDetail => ({ field, issue: 'required', expected: null, found })

describe('what a refusal says of each row', () => {
  test('a row is named by its place in the list sent, or by the id found', () => {
    const details = [detail('changes.1.crew_role_id', null), detail('changes.1.rate_minor', null), detail('presence', 'a')]
    expect(refusedRows(details, ['a', 'b'])).toEqual(new Map([['b', [details[0], details[1]]], ['a', [details[2]]]]))
  })

  test('the place wins over what was found there: a state is no id', () => {
    expect([...(refusedRows([detail('changes.0.state', 'closed')], ['a', 'b'])?.keys() ?? [])]).toEqual(['a'])
  })

  test('one detail about no row sent is a refusal of the whole', () => {
    expect(refusedRows([detail('changes.0.state', null), detail('project_id', 'p')], ['a'])).toBeNull()
    expect(refusedRows([detail('changes.7.state', null)], ['a'])).toBeNull()
    expect(refusedRows([], ['a'])).toBeNull()
  })
})
