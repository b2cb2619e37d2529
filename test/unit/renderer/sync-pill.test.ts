import IntlMessageFormat from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { phases } from '../../../renderer/app/sync/operations.ts'
import { pillFace, stripFace } from '../../../renderer/app/sync/pill-face.ts'
import type { BackOnline, Said } from '../../../renderer/app/sync/pill-face.ts'
import { useLine } from '../../../renderer/app/sync/status.ts'
import { mostSevere, stripKinds } from '../../../renderer/app/shell/strip-order.ts'
import { en, fr } from '../../../renderer/i18n/texts.ts'
import type { SyncPhase, SyncStatus } from '../../../shared/domain/sync/states.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'

const BEGAN = Date.UTC(2026, 9, 24, 18, 52)
const [began, contact] = [fromMs(BEGAN), fromMs(BEGAN + 56 * 60_000)]
const since = (instant: Instant): string => instant.slice(11, 16)

const status = (phase: SyncPhase, given: Partial<SyncStatus> = {}): SyncStatus => ({
  phase, since: began, server: phase === 'local' ? null : { url: 'https://callboard.example.org', name: null, version: '0.5.0' }, last_contact_at: phase === 'local' ? null : contact, retry: null, sending: null,
  mine: { waiting: 0, failing: 0, conflicts: 0, rejected: 0, rejected_rights: 0 }, others: [], drift_ms: null, attachments: { up: 0, down: 0 }, unknown: 0, brake: null, venue: null, can: [], ...given,
})
const mine = (given: Partial<SyncStatus['mine']>): SyncStatus['mine'] => ({ waiting: 0, failing: 0, conflicts: 0, rejected: 0, rejected_rights: 0, ...given })

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')
function words(language: 'fr' | 'en', said: Said): string {
  const text = (language === 'fr' ? fr : en)[said.key]
  return plain(String(new IntlMessageFormat(text, language).format(said.values)))
}
const pill = (language: 'fr' | 'en', shown: SyncStatus, now = BEGAN): string => {
  const { main, rest } = pillFace(shown, since, now)
  return [main, rest].flatMap((said) => (said ? [words(language, said)] : [])).join(' · ')
}
const strip = (language: 'fr' | 'en', shown: SyncStatus, back: BackOnline | null = null): string | null => {
  const face = stripFace(shown, since, back)
  return face && `${words(language, face.main)} ${words(language, face.about)}`
}

describe('the pill of the exchange with the server', () => {
  it.each([
    [status('synced'), 'À jour · 19:48', 'Up to date · 19:48', 'check', 'neutral'],
    [status('sending', { sending: { done: 3, of: 14 } }), 'Envoi 3 / 14', 'Sending 3 / 14', 'up', 'neutral'],
    [status('waiting', { mine: mine({ waiting: 2 }) }), '2 en attente', '2 waiting', 'cloud', 'neutral'],
    [status('offline', { mine: mine({ waiting: 14 }) }), 'Hors ligne · 14 en attente', 'Offline · 14 waiting', 'off', 'info'],
    [status('offline'), 'Hors ligne · depuis 18:52', 'Offline · since 18:52', 'off', 'info'],
    [status('sending', { sending: { done: 11, of: 14 }, mine: mine({ waiting: 3, conflicts: 3 }) }), '3 conflits · 11 envoyées', '3 conflicts · 11 sent', 'conflict', 'warning'],
    [status('synced', { mine: mine({ conflicts: 1 }) }), '1 conflit · 19:48', '1 conflict · 19:48', 'conflict', 'warning'],
    [status('retrying', { retry: { at: fromMs(BEGAN + 30_000), failures: 1 } }), 'Nouvel essai dans 30 s', 'Retrying in 30 s', 'retry', 'neutral'],
    [status('refused', { mine: mine({ rejected: 1, rejected_rights: 1 }) }), '1 refusée : droits modifiés', '1 refused: rights changed', 'refused', 'warning'],
    [status('synced', { mine: mine({ rejected: 2, rejected_rights: 1 }) }), '2 refusées', '2 refused', 'refused', 'warning'],
    [status('needs_sign_in'), 'Reconnectez-vous pour envoyer', 'Sign in again to send', 'session', 'warning'],
    [status('storage'), 'Espace presque plein', 'Storage almost full', 'storage', 'warning'],
    [status('storage', { disk: 'refuses' }), 'Ce disque refuse d’écrire', 'This disk refuses to write', 'storage', 'warning'],
    [status('server_full', { mine: mine({ waiting: 3 }) }), 'Serveur sans place · depuis 18:52', 'Server is full · since 18:52', 'storage', 'warning'],
    [status('app_older'), 'Mise à jour requise pour envoyer', 'Update needed to send', 'update', 'warning'],
    [status('server_older'), 'Serveur à mettre à jour', 'Server needs an update', 'update', 'warning'],
    [status('recovering'), 'Serveur en reprise · depuis 18:52', 'Server recovering · since 18:52', 'recovering', 'warning'],
    [status('brake', { brake: { removed: 300, held: 1000 } }), 'Réponse attendue · depuis 18:52', 'Answer needed · since 18:52', 'brake', 'warning'],
    [status('revoked'), 'Accès retiré · depuis 18:52', 'Access withdrawn · since 18:52', 'revoked', 'warning'],
    [status('local'), 'Cet ordinateur seulement', 'This computer only', 'computer', 'neutral'],
    [status('offline', { venue: { role: 'host', name: 'Régie', peers: 3, since: began, trouble: null, serving: null }, mine: mine({ waiting: 14 }) }), 'Relais local · 3 postes · 14 en attente', 'Serving here · 3 computers · 14 waiting', 'venue', 'info'],
    [status('offline', { venue: { role: 'guest', name: 'Régie', peers: 1, since: began, trouble: null, serving: null } }), 'Relais : Régie', 'Served by Régie', 'venue', 'info'],
  ] as const)('says of %o %s', (shown, french, english, icon, tone) => {
    expect([pill('fr', shown), pill('en', shown)]).toEqual([french, english])
    expect(pillFace(shown, since, BEGAN)).toMatchObject({ icon, tone })
  })

  it('counts down to the next try and never below nothing', () => {
    const shown = status('retrying', { retry: { at: fromMs(BEGAN + 30_000), failures: 2 } })
    expect([pill('en', shown, BEGAN + 12_500), pill('en', shown, BEGAN + 90_000)]).toEqual(['Retrying in 18 s', 'Retrying in 0 s'])
  })

  it('says first what stops the sending, also with conflicts to decide', () => {
    for (const phase of ['needs_sign_in', 'brake', 'revoked', 'recovering', 'storage', 'app_older', 'server_full'] as const) {
      expect(pillFace(status(phase, { mine: mine({ conflicts: 2, rejected: 1 }) }), since, BEGAN)).toEqual(pillFace(status(phase), since, BEGAN))
    }
  })

  it('has short words for every phase', () => {
    for (const phase of phases) for (const language of ['fr', 'en'] as const) expect(pill(language, status(phase)).length, phase).toBeGreaterThan(5)
  })
})

describe('the line under the top bar about the exchange', () => {
  it('is not there while all goes well', () => {
    for (const phase of ['local', 'synced', 'sending', 'waiting'] as const) expect(stripFace(status(phase, { mine: mine({ waiting: 3 }) }), since, null), phase).toBeNull()
  })

  it('says offline since when, how much waits, and that invitations leave then', () => {
    expect(strip('fr', status('offline', { mine: mine({ waiting: 14 }) }))).toBe(
      'Hors ligne depuis 18:52. Votre travail est enregistré sur cet ordinateur. 14 modifications seront envoyées au retour du réseau ; les invitations aussi.',
    )
    expect(strip('en', status('offline', { mine: mine({ waiting: 1 }) }))).toBe('Offline since 18:52. Your work is saved on this computer. 1 change will be sent when the network is back; invitations leave then.')
  })

  it('says that the server has no room, and that nothing of what is entered is lost by it', () => {
    expect(strip('fr', status('server_full', { mine: mine({ waiting: 3 }) }))).toBe('Le serveur n’a plus de place depuis 18:52. Ce que vous saisissez reste sur cet ordinateur ; 3 modifications attendent. Prévenez qui gère le serveur.')
    expect(strip('en', status('server_full'))).toBe('The server has had no room since 18:52. What you enter stays on this computer. Tell who runs the server.')
  })

  it('waits for the third failure before it speaks of retrying', () => {
    const failed = (failures: number): SyncStatus => status('retrying', { retry: { at: began, failures } })
    expect([strip('en', failed(1)), strip('en', failed(2))]).toEqual([null, null])
    expect(strip('en', failed(3))).toContain('The server has not answered since 18:52 (3 tries).')
  })

  it('speaks of rights only where every refusal is for want of one', () => {
    expect(strip('fr', status('synced', { mine: mine({ rejected: 1, rejected_rights: 1 }) }))).toBe('1 modification refusée : vos droits ont changé. Elle est gardée et peut être corrigée ou exportée.')
    expect(strip('fr', status('synced', { mine: mine({ rejected: 1 }) }))).toBe('1 modification refusée par le serveur. Elle est gardée et peut être corrigée ou exportée.')
    expect(strip('en', status('synced', { mine: mine({ rejected: 3, rejected_rights: 2 }) }))).toBe('3 changes refused by the server. They are kept and can be edited or exported.')
  })

  it('says what came of being offline only when something is to be decided', () => {
    const back = { at: contact, waited: 14 }
    expect(strip('fr', status('sending', { mine: mine({ waiting: 3, conflicts: 3 }) }), back)).toBe(
      'De retour en ligne à 19:48. 11 modifications envoyées. 3 modifications ont été faites en même temps par quelqu’un d’autre : rien n’est perdu, choisissez ce qu’il faut garder.',
    )
    expect(strip('fr', status('synced'), back)).toBeNull()
    expect(strip('fr', status('synced', { mine: mine({ conflicts: 3 }) }), null)).toBeNull()
  })

  it('asks about the brake with what would go and of how much', () => {
    expect(strip('en', status('brake', { brake: { removed: 1200, held: 4000 } }))).toContain('remove 1,200 of the 4,000 items held here')
  })

  it('has a kind that the order of lines knows, the most severe first', () => {
    const kinds = phases.flatMap((phase) => stripFace(status(phase, { mine: mine({ rejected: 1 }), retry: { at: began, failures: 3 } }), since, null)?.kind ?? [])
    for (const kind of kinds) expect(stripKinds).toContain(kind)
    const order = mostSevere([{ kind: 'offline' }, { kind: 'back' }, { kind: 'kept' }, { kind: 'sign_in' }, { kind: 'brake' }, { kind: 'revoked' }] as const).map(({ kind }) => kind)
    expect(order).toEqual(['revoked', 'brake', 'sign_in', 'kept', 'offline', 'back'])
  })
})

describe('the network going and coming back', () => {
  const org = 'one'
  it('is said once each, and remembers how much waited', () => {
    const { heard } = useLine.getState()
    expect(heard(org, status('synced'))).toBeNull()
    expect(heard(org, status('offline', { mine: mine({ waiting: 1 }) }))).toBe('gone')
    expect(heard(org, status('offline', { mine: mine({ waiting: 14 }) }))).toBeNull()
    expect(heard(org, status('retrying', { mine: mine({ waiting: 14 }) }))).toBeNull()
    expect(heard(org, status('sending', { mine: mine({ waiting: 14 }) }))).toBe('back')
    expect(heard(org, status('synced'))).toBeNull()
    expect(useLine.getState().back).toEqual({ at: contact, waited: 14 })
    useLine.getState().dismiss()
    expect(useLine.getState().back).toBeNull()
  })

  it('is forgotten in another organization', () => {
    const { heard } = useLine.getState()
    heard(org, status('offline', { mine: mine({ waiting: 2 }) }))
    expect(heard('another', status('synced'))).toBeNull()
    expect(useLine.getState().back).toBeNull()
  })
})
