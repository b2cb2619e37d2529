import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { toJsonSchemas } from '../../../main/host/catalogue.ts'

describe('the JSON Schemas that scripts read', () => {
  const operations = toJsonSchemas()

  it.each(operations.map((operation) => [operation.name, operation] as const))('%s can be checked by any validator', (_name, { input }) => {
    const validator = new Ajv2020({ strict: false, validateFormats: false })
    expect(() => validator.compile(Object(input))).not.toThrow()
  })

  it('refuse an input with a field that the operation does not know', () => {
    const mission = operations.find(({ name }) => name === 'mission.get')
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(Object(mission?.input))
    const id = '0d6f2c52-3b9a-4a53-9d0c-2a4e8a8f6b11'
    expect(validate({ id })).toBe(true)
    expect(validate({ id, org: 'another' })).toBe(false)
  })
})
