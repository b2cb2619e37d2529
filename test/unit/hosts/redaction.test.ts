import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redactMessage, redactName, redactPlace, redactStack } from '../../../shared/domain/redaction.ts'

/** Invented people, places and values, as they could stand in a message. */
const secret = fc.oneof(
  fc.constantFrom('Zéphyrine', 'Morvan', 'Le Goff', 'Da Silva', 'zephyrine', 'MORVAN', 'Mark', 'Page', 'inès@example.org', 'ines.morvan@example.org', '06 39 98 10 10', '0639981010', '1 84 06 17 123 456', '4 rue du Fanal', 'Grande Halle du Port', '350,00 €', '2026-10-24'),
  fc.stringMatching(/^[A-Z][a-z]{5,9}ouille$/),
)
const around = fc.constantFrom(
  (s: string) => `Cannot read properties of undefined (reading '${s}')`, (s: string) => `${s} is not defined`, (s: string) => `UNIQUE constraint failed: collaborator.display_name: ${s}`,
  (s: string) => `Unexpected token in JSON at position 3: {"display_name":"${s}","phone":"${s}"}`, (s: string) => `person ${s} of ${s} not found`, (s: string) => s, (s: string) => `ENOENT: no such file or directory, open '/home/${s}/Documents/${s}.xlsx'`,
  (s: string) => `first line\n    at ${s} (/home/${s}/${s}.ts:1:1)`,
)

describe('a report', () => {
  it('holds no name and no value of the message, whatever the message was', () => {
    fc.assert(
      fc.property(secret, around, (value, message) => {
        const said = redactMessage(message(value))
        for (const part of value.split(/[\s.@,']+/).filter((one) => one.length > 2)) expect(said, said).not.toContain(part)
        expect(said).not.toMatch(/\d{2}/)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps what helps: the words of the error and the columns concerned', () => {
    expect(redactMessage('Cannot read properties of undefined (reading \'start_at\')')).toBe('Cannot read properties of undefined (reading \'start_at\')')
    expect(redactMessage('SQLITE_BUSY: database is locked')).toBe('SQLITE_BUSY: database is locked')
    expect(redactMessage('UNIQUE constraint failed: member.email')).toBe('UNIQUE constraint failed: member.email')
    expect(redactName('TypeError')).toBe('TypeError')
    expect(redactName('Zéphyrine')).toBe('Error')
  })

  it('shortens paths to code files and leaves every other line out', () => {
    const stack = [
      'TypeError: Inès Morvan', '    at listMissions (/home/ines/Callboard/main/host/keeping.ts:12:34)', '    at async Promise.all (index 0)',
      '    at file:///C:/Users/Ines%20Morvan/app/renderer/pages/x.js:1:20', '    at Inès (/home/ines/Documents/Paie Morvan.xlsx:1:1)', '    at eval (app://callboard/assets/index-B3xq.js?t=1:7:9)', '    at node:internal/process/task_queues:105:5',
    ].join('\n')
    expect(redactStack(stack)).toEqual(['at listMissions (host/keeping.ts:12:34)', 'at (pages/x.js:1:20)', 'at eval (assets/index-B3xq.js:7:9)', 'at (node:105:5)'])
  })

  it('names a page, not what it showed', () => {
    expect(redactPlace('/o/22e36736-1b2a-430e-b2d5-6b940ca67fa1/p/abc/missions?q=Morvan#token=1')).toBe('/o/:id/p/:id/missions')
    expect(redactPlace('/o/x/morvan/sheets')).toBe('/o/:id/:id/sheets')
  })
})
