import { request as httpRequest } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startWebHost, type RunningWebHost } from './support/browser-host.ts'

interface Answered {
  status: number
  text: string
}

/** A request as only a program sends it: any Host, any Origin. */
function ask(host: RunningWebHost, path: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Answered> {
  const { hostname, port } = new URL(host.url)
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path, method: options.method ?? 'GET', headers: options.headers ?? {} }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }))
    })
    request.on('error', reject)
    request.end(options.body)
  })
}

const codeOf = (answered: Answered): string => JSON.parse(answered.text).error.code
const state = '{"name":"app.state","input":{}}'

test.describe('the web host', () => {
  const data = mkdtempSync(join(tmpdir(), 'callboard-web-'))
  let host: RunningWebHost
  let withToken: Record<string, string>

  test.beforeAll(async () => {
    host = await startWebHost(data)
    withToken = { authorization: `Bearer ${host.token}`, 'content-type': 'application/json' }
  })
  test.afterAll(async () => {
    await host.program.end()
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  const call = (headers: Record<string, string>, body = state): Promise<Answered> => ask(host, '/api/v1/call', { method: 'POST', headers, body })

  test('answers a call that carries the run token', async () => {
    const answered = await call(withToken)
    expect(answered.status).toBe(200)
    expect(JSON.parse(answered.text)).toHaveProperty('value')
  })

  test('refuses a call without the token, or with another', async () => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: `Bearer ${host.token}x` }]) {
      const answered = await call({ 'content-type': 'application/json', ...headers })
      expect(answered.status).toBe(401)
      expect(codeOf(answered)).toBe('auth.token')
    }
  })

  test('refuses a foreign name for this address, page and API alike', async () => {
    for (const path of ['/', '/api/v1/call']) {
      const answered = await ask(host, path, { headers: { ...withToken, host: 'callboard.example.org' } })
      expect(answered.status).toBe(403)
      expect(codeOf(answered)).toBe('auth.origin')
    }
  })

  test('refuses a foreign page, even one that knows the token', async () => {
    const answered = await call({ ...withToken, origin: 'http://example.org' })
    expect(answered.status).toBe(403)
    expect(codeOf(answered)).toBe('auth.origin')
    expect(await call({ ...withToken, 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403 })
  })

  test('allows no other site to ask: a preflight is refused without a word of permission', async () => {
    const headers = { origin: 'http://example.org', 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' }
    expect(await ask(host, '/api/v1/call', { method: 'OPTIONS', headers })).toMatchObject({ status: 403 })
  })

  test('takes JSON only, of a bounded size, in the shape of a call', async () => {
    expect(await call({ ...withToken, 'content-type': 'text/plain' })).toMatchObject({ status: 415 })
    expect(await call(withToken, 'not json')).toMatchObject({ status: 400 })
    expect(await call(withToken, '{"name":"app.state","input":{},"client":"window"}')).toMatchObject({ status: 400 })
    expect(await call({ ...withToken, 'content-length': String(2 ** 31) }, '').catch(() => ({ status: 413 }))).toMatchObject({ status: 413 })
  })

  test('says which address and method it has', async () => {
    expect(await ask(host, '/api/v1/nothing', { headers: withToken })).toMatchObject({ status: 404 })
    expect(await ask(host, '/api/v1/call', { headers: withToken })).toMatchObject({ status: 405 })
    expect(await ask(host, '/', { method: 'DELETE' })).toMatchObject({ status: 405 })
  })

  test('serves nothing outside the page', async () => {
    for (const path of ['/../package.json', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/assets/../../electron/main.cjs', '/....//package.json']) {
      expect((await ask(host, path)).text).not.toContain('"callboard"')
    }
  })

  test('gives the JSON Schemas of all operations', async () => {
    const answered = await ask(host, '/api/v1/schemas', { headers: withToken })
    expect(answered.status).toBe(200)
  })

  test('acts as one person when it is bound to them, and can neither leave nor become another', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-web-'))
    const person = { email: 'lea.marchand@example.org', password: 'une longue phrase' }
    const ask1 = (of: RunningWebHost, name: string, input: unknown): Promise<Answered> =>
      ask(of, '/api/v1/call', {
        method: 'POST',
        headers: { authorization: `Bearer ${of.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name, input }),
      })
    const first = await startWebHost(folder)
    expect(await ask1(first, 'app.first_run', { name: 'Léa Marchand', ...person, language: 'fr', theme: 'light' })).toMatchObject({ status: 200 })
    await first.program.end()

    process.env['CALLBOARD_PASSWORD'] = person.password
    const bound = await startWebHost(folder, '--as', person.email, '--scope', 'project:read')
    delete process.env['CALLBOARD_PASSWORD']
    expect(JSON.parse((await ask1(bound, 'app.state', {})).text).value.session.email).toBe(person.email)
    for (const name of ['app.sign_out', 'app.sign_in', 'app.first_run']) expect(await ask1(bound, name, {})).toMatchObject({ status: 403 })
    await bound.program.end()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  test('ends by itself when it is asked to, with its files closed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-web-'))
    const other = await startWebHost(folder)
    expect(await other.program.end()).toBe(0)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })
})
