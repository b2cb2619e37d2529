/** Answers of the web host: one JSON envelope with its status, or a file of the renderer. */
import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describeError } from '../../shared/domain/errors.ts'
import type { ErrorDetail } from '../../shared/kernel/result.ts'
import { refusalEnvelope } from '../bridge/call-text.ts'
import type { Asset } from '../bridge/assets.ts'
import { securityHeaders } from '../bridge/content-policy.ts'

export function answerJson(response: ServerResponse, status: number, text: string): void {
  const bytes = Buffer.from(text)
  response.writeHead(status, {
    ...securityHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
    'cache-control': 'no-store',
  })
  response.end(bytes)
}

/** A refusal of the host itself; `status` differs from the code's own for what only HTTP knows (405, 415). */
export function answerRefusal(response: ServerResponse, code: string, options: { status?: number; details?: ErrorDetail[] } = {}): void {
  answerJson(response, options.status ?? describeError(code).status, JSON.stringify(refusalEnvelope(code, options.details)))
}

/** Status of the core's answer: 200, or that of the error code which it carries. */
export function statusOfAnswer(text: string): number {
  const answer: unknown = JSON.parse(text)
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return 200
  const { error } = answer
  const code = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : ''
  return describeError(code).status
}

export function answerAsset(request: IncomingMessage, response: ServerResponse, asset: Asset): void {
  response.writeHead(200, {
    ...securityHeaders,
    'content-type': asset.contentType,
    'content-length': asset.size,
    'cache-control': asset.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  const file = createReadStream(asset.file)
  file.on('error', () => response.destroy())
  file.pipe(response)
}
