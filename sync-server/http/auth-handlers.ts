/** Accounts over HTTP: sign-in, refresh, codes, devices. */
import { detail, refuse } from '../../shared/domain/errors.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { openEntrance } from '../accounts/entrance.ts'
import type { HandlersOf, Server } from './asked.ts'

type Handled = 'auth.register' | 'auth.join' | 'auth.login' | 'auth.refresh' | 'auth.logout' | 'auth.password' | 'auth.devices' | 'auth.device_revoke'

export function authHandlers(server: Server): HandlersOf<Handled> {
  const { accounts, sessions, organizations, streams, metrics, log } = server
  const entrance = openEntrance(server)
  const everywhere = async (user_id: Id): Promise<Id[]> => (await organizations.of(user_id)).map(({ id }) => id)
  return {
    'auth.register': ({ body, address }) => entrance.register(body, address),
    'auth.join': ({ body, address }) => entrance.join(body, address),
    'auth.login': ({ body, address }) => entrance.login(body, address),
    async 'auth.refresh'({ body, now, c }) {
      const done = await sessions.refresh(body.refresh, now, c.req.header('idempotency-key') ?? null)
      metrics.count('callboard_refreshes_total', { outcome: done.outcome })
      switch (done.outcome) {
        case 'renewed': {
          const account = await accounts.byId(done.holder.user_id)
          if (!account) throw refuse('auth.session_ended', detail('refresh', 'account'))
          return entrance.session(account, done.tokens)
        }
        case 'reused': {
          const { user_id, device } = done.holder
          metrics.count('callboard_refresh_reused_total')
          log.write('warn', 'refresh.reused', { user: user_id, device })
          streams.end({ user_id, device })
          organizations.record(await everywhere(user_id), { user_id, device }, 'security.refresh.reused', { device })
          throw refuse('auth.session_ended', detail('refresh', 'reused'))
        }
        case 'revoked': throw refuse('auth.device_revoked')
        case 'ended': throw refuse('auth.session_ended', detail('refresh', 'ended'))
        case 'refused': throw refuse('auth.token', detail('refresh', 'refused'))
      }
    },
    async 'auth.logout'({ caller, now }) {
      const { user_id, device, family } = caller().holder
      await sessions.end(family, 'signed_out', now)
      streams.end({ user_id, device })
      organizations.record(await everywhere(user_id), { user_id, device }, 'security.sign_out', { by: 'server' })
      return {}
    },
    async 'auth.password'({ body, account, caller, address, now }) {
      const { email, user_id } = await account()
      const { device, family } = caller().holder
      await entrance.byPassword(email, body.old, address)
      if (body.old === body.new) throw refuse('auth.same_password', detail('new', 'same'))
      await accounts.setPassword(user_id, await server.passwords.digest(body.new), now)
      await sessions.endOf(user_id, { but: family }, 'password', now)
      for (const other of await accounts.devices(user_id)) if (other.device !== device) streams.end({ user_id, device: other.device })
      organizations.record(await everywhere(user_id), { user_id, device }, 'security.password.changed', { by: 'server' })
      return {}
    },
    async 'auth.devices'({ caller }) {
      const { user_id, device } = caller().holder
      return { items: (await accounts.devices(user_id)).map((one) => ({ id: one.device, name: one.name, created_at: one.created_at, last_seen_at: one.last_seen_at, revoked_at: one.revoked_at, current: one.device === device })) }
    },
    async 'auth.device_revoke'({ caller, param, now }) {
      const { user_id, device: by } = caller().holder
      const device = param('id')
      // Also one that is unknown: shutting out twice, or what is not there, is done.
      if (await accounts.revoke(user_id, device, now)) {
        await sessions.endOf(user_id, { device }, 'revoked', now)
        streams.end({ user_id, device })
        metrics.count('callboard_devices_revoked_total')
        organizations.record(await everywhere(user_id), { user_id, device: by }, 'security.device.revoked', { device, by: 'own' })
      }
      return {}
    },
  }
}
