/** The server's description (OpenAPI 3.1), made from the very schemas it checks by. docs/server-api.json is this, for the version of this repository. */
import { z } from 'zod'
import { ErrorAnswer } from '../../shared/sync/server-wire.ts'
import { declared, type Declared } from './declared.ts'

type Schema = Record<string, unknown>

function schemaOf(shape: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Schema
  return schema
}

const whoSays: Readonly<Record<Declared['who'], string>> = {
  anybody: 'Needs no token.', person: 'Needs an access token.', member: 'Needs an access token of an active member, from a device the organization has not shut out.',
  keeper: 'Needs an access token of an owner or administrator of the organization.', administrator: 'Needs an access token of an administrator of the server.',
  shut_out: 'Needs any token that the device had when it was shut out.',
}

function operationOf(name: string, one: Declared): Schema {
  const parameters: Schema[] = [...one.path.matchAll(/\{(\w+)\}/g)].map(([, found]) => ({ name: found, in: 'path', required: true, schema: { type: 'string' } }))
  if (one.query) {
    const { properties = {}, required = [] } = schemaOf(one.query, 'input') as { properties?: Record<string, Schema>; required?: string[] }
    for (const [found, schema] of Object.entries(properties)) parameters.push({ name: found, in: 'query', required: required.includes(found), schema })
  }
  if (one.idempotency) parameters.push({ name: 'Idempotency-Key', in: 'header', required: one.idempotency === 'required', schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,128}$' } })
  const type = one.type ?? 'application/json'
  const answer = one.type && one.type !== 'application/json' ? { type: 'string' } : schemaOf(one.answer, 'output')
  return {
    operationId: name, tags: [name.split('.')[0]], summary: one.about, description: `${whoSays[one.who]}${one.limit ? ` Counted as ${one.limit}.` : ''}`,
    ...(one.who === 'anybody' ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(one.streamed ? { requestBody: { required: true, content: { [one.streamed]: { schema: { type: 'string', format: 'binary' } } } } } : {}),
    ...(one.most === undefined ? {} : { requestBody: { required: true, description: `At most ${one.most} bytes, unpacked.`, content: { 'application/json': { schema: schemaOf(one.body, 'input') } } } }),
    responses: {
      [String(one.status ?? 200)]: { description: 'Done.', content: { [type]: { schema: answer } } },
      default: { description: 'Refused.', content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
    },
  }
}

export function openApi(version: string): Schema {
  const paths: Record<string, Schema> = {}
  for (const [name, one] of Object.entries<Declared>(declared)) paths[one.path] = { ...paths[one.path], [one.method]: operationOf(name, one) }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Callboard sync server', version,
      description: 'Bodies are JSON, also as gzip (Content-Encoding). X-Request-Id and X-Correlation-Id are taken and given. Counted calls answer RateLimit-Limit, -Remaining, -Reset; refused ones Retry-After.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    security: [{ access: [] }],
    paths,
    components: { securitySchemes: { access: { type: 'http', scheme: 'bearer' } }, schemas: { Error: schemaOf(ErrorAnswer, 'output') } },
  }
}
