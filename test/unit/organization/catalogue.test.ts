import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'

let app: TestOrganization
beforeEach(async () => {
  app = await openTestOrganization()
})
afterEach(() => app.close())

type Department = { id: string; version: number; code: string; name: string; colour: string }
const departments = async (): Promise<Department[]> => (await app.ask('organization.get', {}))['departments'] as Department[]
const codes = async (): Promise<string[]> => (await departments()).map((row) => row.code)
const idOf = async (code: string): Promise<string> => (await departments()).find((row) => row.code === code)?.id ?? ''

describe('departments', () => {
  it('are three letters, once each', async () => {
    expect(await app.refused('department.create', { code: 'LU', name: 'Lumière', colour: 'lum' })).toBe('validation.invalid')
    expect(await app.refused('department.create', { code: 'LUM', name: 'Autre', colour: 'lum' })).toBe('department.taken')
  })

  it('keep a colour that is seen in every theme, and refuse what is no colour', async () => {
    await app.ask('department.create', { code: 'DRO', name: 'Drones', colour: '#000000' })
    const made = (await departments()).find((row) => row.code === 'DRO')
    expect(made?.colour).toBe((await app.ask('department.snap_colour', { colour: '#000000' }))['colour'])
    expect(made?.colour).not.toBe('#000000')
    await app.ask('department.update', { id: made?.id, version: made?.version, changes: { colour: '#FFFFFF' } })
    expect((await departments()).find((row) => row.code === 'DRO')?.colour).toMatch(/^#9/)
    expect(await app.refused('department.create', { code: 'XXX', name: 'X', colour: 'rouge' })).toBe('department.colour')
  })

  it('come last when made, and move after another or first, also when two hold the same place', async () => {
    await app.ask('department.create', { code: 'DRO', name: 'Drones', colour: 'lum' })
    expect((await codes()).at(-1)).toBe('DRO')
    await app.ask('department.move', { id: await idOf('DRO'), after_id: null })
    expect((await codes())[0]).toBe('DRO')
    await app.ask('department.move', { id: await idOf('DRO'), after_id: await idOf('REG') })
    expect((await codes()).slice(0, 3)).toEqual(['PRD', 'REG', 'DRO'])
    const rows = await departments()
    for (const code of ['LUM', 'SON']) {
      const row = rows.find((one) => one.code === code)
      await app.ask('department.update', { id: row?.id, version: row?.version, changes: { position: 'V' } })
    }
    const before = await codes()
    const at = before.indexOf('LUM')
    const first = before[at] === 'LUM' ? (before[at + 1] === 'SON' ? 'LUM' : 'SON') : 'LUM'
    await app.ask('department.move', { id: await idOf('ACC'), after_id: await idOf(first) })
    expect((await codes())[(await codes()).indexOf(first) + 1]).toBe('ACC')
    expect([...(await codes())].sort()).toEqual([...before].sort())
  })
})

describe('the preset of a kind of work', () => {
  it('brings back only what is missing and changes nothing that is there', async () => {
    const rows = await departments()
    const light = rows.find((row) => row.code === 'LUM')
    await app.ask('department.update', { id: light?.id, version: light?.version, changes: { name: 'Lumière et énergie', colour: '#7A3FB0' } })
    expect(await app.ask('organization.preview_preset', { kind: 'event' })).toEqual({ departments: [], crew_roles: [] })
    const added = await app.ask('organization.apply_preset', { kind: 'film' })
    expect(added['departments']).toEqual(['MES', 'IMG', 'MAC', 'DEC'])
    expect(added['crew_roles']).toContain('Scripte')
    const after = await departments()
    expect(after.find((row) => row.code === 'LUM')).toMatchObject({ name: 'Lumière et énergie' })
    expect(after.map((row) => row.code).slice(0, rows.length)).toEqual(rows.map((row) => row.code))
    expect(await app.ask('organization.apply_preset', { kind: 'film' })).toEqual({ departments: [], crew_roles: [] })
  })

  it('is for those who keep the catalogues', async () => {
    const user_id = '00000000-0000-4000-8000-000000000001'
    await app.ask('member.add', { user_id, name: 'Noé', email: 'noe@example.org', role: 'planner', project_id: null })
    const noe = { user_id, device: 'test', scope: null } as unknown as typeof app.owner
    expect(await app.refused('organization.apply_preset', { kind: 'film' }, noe)).toBe('auth.forbidden')
    expect(await app.refused('sheet_layout_setting.reset', { layout: 'film' }, noe)).toBe('auth.forbidden')
  })
})
