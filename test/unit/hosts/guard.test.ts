import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { refuseForeign, refuseWithoutToken } from '../../../main/web/guard.ts'

const guard = { port: 4100, token: 'the-token-of-this-run' }

function asked(headers: Record<string, string>, method = 'GET'): IncomingMessage {
  const request = new IncomingMessage(new Socket())
  request.method = method
  Object.assign(request.headers, headers)
  return request
}

describe('who may talk to the web host', () => {
  it.each(['127.0.0.1:4100', 'localhost:4100'])('answers at its own address, %s', (host) => {
    expect(refuseForeign(asked({ host }), guard)).toBeNull()
  })

  it.each(['callboard.example.org:4100', '127.0.0.1:4101', '127.0.0.1', '', 'localhost:4100.example.org'])('refuses the name %j, which may only resolve to this computer', (host) => {
    expect(refuseForeign(asked({ host }), guard)).toBe('auth.origin')
  })

  it.each(['http://example.org', 'http://127.0.0.1:9999', 'https://127.0.0.1:4100', 'null', 'http://localhost:4100'])('refuses a page of %s', (origin) => {
    expect(refuseForeign(asked({ host: '127.0.0.1:4100', origin }), guard)).toBe('auth.origin')
  })

  it('answers its own page', () => {
    const headers = { host: '127.0.0.1:4100', origin: 'http://127.0.0.1:4100', 'sec-fetch-site': 'same-origin' }
    expect(refuseForeign(asked(headers, 'POST'), guard)).toBeNull()
  })

  it('opens for a link on another page, and does nothing else for that page', () => {
    const link = { host: '127.0.0.1:4100', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    expect(refuseForeign(asked(link), guard)).toBeNull()
    expect(refuseForeign(asked(link, 'POST'), guard)).toBe('auth.origin')
    expect(refuseForeign(asked({ ...link, 'sec-fetch-dest': 'iframe' }), guard)).toBe('auth.origin')
    expect(refuseForeign(asked({ host: '127.0.0.1:4100', 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }), guard)).toBe('auth.origin')
  })

  it.each(['', 'Bearer', 'Bearer ', 'Bearer the-token-of-this-ru', 'Basic the-token-of-this-run', 'Bearer the-token-of-another'])('refuses the authorization %j', (authorization) => {
    expect(refuseWithoutToken(asked({ authorization }), guard)).toBe('auth.token')
  })

  it('accepts the token of this run', () => {
    expect(refuseWithoutToken(asked({ authorization: 'Bearer the-token-of-this-run' }), guard)).toBeNull()
  })
})
