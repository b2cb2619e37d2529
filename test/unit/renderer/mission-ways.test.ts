import { expect, test } from 'vitest'
import { missionTransitions } from '../../../shared/domain/planning/rules.ts'
import { missionWays } from '../../../renderer/pages/planning/mission-ways.ts'

test('the screens offer exactly the steps that the core knows, and ask a reason where it does', () => {
  const offered = Object.entries(missionWays).flatMap(([from, ways]) => ways.map(({ to, reason }) => `${from} ${to} ${reason}`))
  const known = missionTransitions.transitions.map(({ from, to, reason }) => `${from} ${to} ${reason === 'required'}`)
  expect(offered.sort()).toEqual(known.sort())
})
