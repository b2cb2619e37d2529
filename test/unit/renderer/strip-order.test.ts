import { describe, expect, it } from 'vitest'
import { mostSevere, stripKinds } from '../../../renderer/app/shell/strip-order.ts'

describe('the one line under the top bar', () => {
  it('says first what puts work at risk, and good news last', () => {
    const said = mostSevere([{ kind: 'calm' }, { kind: 'amounts' }, { kind: 'disk' }, { kind: 'see_as' }, { kind: 'read_only' }] as const)
    expect(said.map(({ kind }) => kind)).toEqual(['read_only', 'see_as', 'disk', 'amounts', 'calm'])
  })

  it('keeps two things as severe in the order in which they came, and loses none', () => {
    const said = mostSevere([...stripKinds, ...stripKinds].map((kind, key) => ({ kind, key })))
    expect(said).toHaveLength(stripKinds.length * 2)
    expect(said.slice(0, 2).map(({ key }) => key)).toEqual([0, stripKinds.length])
  })
})
