/** The HTTP API of the web host; docs/api.md describes it to those who script Callboard. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { detail } from '../../shared/domain/errors.ts'
import { readCall } from '../bridge/call-text.ts'
import type { CoreClient } from '../host/core-client.ts'
import { answerJson, answerRefusal, statusOfAnswer } from './answers.ts'
import { BLOB_LIMIT_BYTES, CALL_LIMIT_BYTES, readBody } from './body.ts'
import type { EventStreams } from './events.ts'

export interface Api {
  core: CoreClient
  /** The session inside the core that every page and script of this run shares. */
  client: string
  /** Whether the run is bound to one user (`--as`): it can then neither sign out nor become another. */
  bound: boolean
  events: EventStreams
}

/** What the core rejects with when it refuses bytes: no session, too large. */
const Refused = z.object({
  failure: z.object({
    code: z.string(),
    details: z.array(
      z.object({ field: z.string().nullable(), issue: z.string(), expected: z.string().nullable().default(null), found: z.string().nullable().default(null) }),
    ),
  }),
})

const sessionOperations = new Set(['app.sign_in', 'app.sign_out', 'app.first_run', 'app.switch', 'app.recover', 'app.join'])

type Route = (api: Api, request: IncomingMessage, response: ServerResponse) => Promise<void>

const routes: Readonly<Record<string, { method: string; route: Route } | undefined>> = {
  '/api/v1/call': { method: 'POST', route: answerCall },
  '/api/v1/events': { method: 'GET', route: async (api, _request, response) => api.events.open(response) },
  '/api/v1/blobs': { method: 'PUT', route: answerBlob },
  '/api/v1/schemas': { method: 'GET', route: answerSchemas },
}

/** Answers a request under /api/ that has passed the guard. */
export async function answerApi(api: Api, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const found = routes[path]
  if (!found) return answerRefusal(response, 'address.not_found')
  if (request.method !== found.method) {
    response.setHeader('allow', found.method)
    return answerRefusal(response, 'validation.invalid', { status: 405, details: [detail('method', 'not_allowed', found.method, request.method ?? null)] })
  }
  await found.route(api, request, response)
}

function contentTypeOf(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

async function answerCall(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const type = contentTypeOf(request)
  if (type !== 'application/json') {
    return answerRefusal(response, 'validation.invalid', { status: 415, details: [detail('content-type', 'unsupported', 'application/json', type)] })
  }
  const bytes = await readBody(request, CALL_LIMIT_BYTES)
  if (bytes === null) return answerTooLarge(response, CALL_LIMIT_BYTES)
  const read = readCall(api.client, bytes.toString('utf8'))
  if (!read.ok) return answerRefusal(response, 'validation.invalid', { details: read.details })
  if (api.bound && sessionOperations.has(read.call.name)) {
    return answerRefusal(response, 'auth.forbidden', { details: [detail('name', 'bound_session')] })
  }
  const answer = await api.core.call(read.call)
  answerJson(response, statusOfAnswer(answer), answer)
}

async function answerBlob(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const type = contentTypeOf(request)
  if (type !== 'application/octet-stream') {
    return answerRefusal(response, 'validation.invalid', {
      status: 415,
      details: [detail('content-type', 'unsupported', 'application/octet-stream', type)],
    })
  }
  const bytes = await readBody(request, BLOB_LIMIT_BYTES)
  if (bytes === null) return answerTooLarge(response, BLOB_LIMIT_BYTES)
  try {
    answerJson(response, 200, JSON.stringify(await api.core.putBlob(api.client, bytes)))
  } catch (error) {
    const refused = Refused.safeParse(error)
    if (!refused.success) throw error
    answerRefusal(response, refused.data.failure.code, { details: refused.data.failure.details })
  }
}

async function answerSchemas(api: Api, _request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await api.core.call({ client: api.client, name: 'app.catalogue', input: {} })
  answerJson(response, statusOfAnswer(answer), answer)
}

function answerTooLarge(response: ServerResponse, limit: number): void {
  // The rest of the body is not read: the connection cannot be used again.
  response.setHeader('connection', 'close')
  answerRefusal(response, 'throttling.too_large', { details: [detail('body', 'too_large', `${limit} bytes`)] })
}
