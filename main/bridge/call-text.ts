/** The one shape in which pages and scripts ask, over IPC or HTTP: a JSON text `{name, input, id?, org?, correlation_id?, group_id?}`. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { describeError, detail } from '../../shared/domain/errors.ts'
import { isId, type Id } from '../../shared/kernel/ids.ts'
import type { ErrorDetail, ErrorEnvelope } from '../../shared/kernel/result.ts'
import type { CoreCall } from '../host/core-client.ts'

const CallText = z.strictObject({
  name: z.string().min(1).max(100),
  input: z.unknown(),
  id: z.string().min(1).max(200).optional(),
  org: z.string().min(1).max(100).optional(),
  correlation_id: z.string().min(1).max(200).optional(),
  group_id: z.custom<Id>(isId).optional(),
})

export type ReadCall = { ok: true; call: CoreCall } | { ok: false; details: ErrorDetail[] }

/** The call that a text asks in the name of `client`, or what is wrong with it. */
export function readCall(client: string, text: string): ReadCall {
  const parsed = CallText.safeParse(parseJson(text))
  if (!parsed.success) return { ok: false, details: parsed.error.issues.map((issue) => detail(issue.path.join('.') || null, issue.code)) }
  const { name, input, id, org, correlation_id, group_id } = parsed.data
  return {
    ok: true,
    call: {
      client,
      name,
      input: input ?? {},
      ...(id === undefined ? {} : { id }),
      ...(org === undefined ? {} : { org }),
      ...(correlation_id === undefined ? {} : { correlation_id }),
      ...(group_id === undefined ? {} : { group_id }),
    },
  }
}

/** Envelope of a refusal that the host decides itself, before the core is asked. */
export function refusalEnvelope(code: string, details: ErrorDetail[] = []): ErrorEnvelope {
  return { error: { code, message: describeError(code).en, details, request_id: randomUUID(), timestamp: new Date().toISOString() } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
