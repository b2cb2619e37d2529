/** What a window may ask of this computer about its exchange with a server. Answers have the shapes of shared/domain/sync/states.ts. */
import { z } from 'zod'
import { declare } from '../host/host-operation.ts'
import { wire } from '../../shared/domain/entity.ts'

const address = z.string().trim().min(8).max(300)
const password = z.string().min(1).max(200)
const code = z.string().trim().min(6).max(60)

export const syncOperations = {
  syncStatus: declare('query', 'sync.status', 'session', 'How the exchange with the server stands for the open organization and the signed-in person.', z.strictObject({})),
  syncProgress: declare('query', 'sync.progress', 'none', 'How far the organization that this window connects, or brings here, has come: the step, and rows of how many. Null: none is on its way.', z.strictObject({})),
  syncNow: declare('command', 'sync.now', 'session', 'Sends and fetches now.', z.strictObject({}), { ownOnly: true }),
  syncConnect: declare('command', 'sync.connect', 'session',
    'Gives a local organization a server: all it holds goes up once, then this computer follows it. The code is the one the server printed at its first start, or one an administrator of the server gave.',
    z.strictObject({ url: address, code, password })),
  syncJoin: declare('command', 'sync.join', 'none',
    'Brings an organization of a server to this computer, with the code of an invitation, or with the one that was given to a member; makes the sign-in of this computer when there is none. email_here: of that sign-in, where the e-mail opens somebody else\'s.',
    z.strictObject({ url: address, code, name: z.string().trim().min(1).max(120), email: z.email().max(200), password, email_here: z.email().max(200).optional() })),
  syncAdd: declare('command', 'sync.add', 'none',
    'Brings to this computer every organization of an account at a server, and signs in; makes the sign-in of this computer when there is none. code: given to a member, who may have nothing else; it sets the password. password_here: of a sign-in that has its own here. email_here: of the sign-in to be made, where the e-mail of the account opens somebody else\'s.',
    z.strictObject({ url: address, email: z.email().max(200).optional(), code: code.optional(), password, password_here: password.optional(), email_here: z.email().max(200).optional() })),
  syncSignIn: declare('command', 'sync.sign_in', 'session', 'Signs the person in at the server again, with their password there; the first time on any computer with the code they were given, which sets it.', z.strictObject({ password, code: code.optional() })),
  syncSignOut: declare('command', 'sync.sign_out', 'session', 'Drops the token of this person on this computer and what it shows them: what they had not sent waits here.', z.strictObject({})),
  syncLeave: declare('command', 'sync.leave', 'session', 'Takes a complete copy of the organization and follows the server no more: this computer is its authority again.', z.strictObject({ password })),
  syncRemove: declare('command', 'sync.remove', 'session',
    'Takes the organization off this computer; its server keeps it. Refused while other commands are unsent than the `given_up` that the person was told of: `sync.export` makes a file of them.',
    z.strictObject({ password, given_up: z.int().min(0).default(0) })),
  syncRelease: declare('command', 'sync.release', 'session', 'Lets a pull go on that removes much of what is here.', z.strictObject({})),
  syncNoWait: declare('command', 'sync.no_wait', 'session', 'Waits no longer for somebody else\'s command: one\'s own is sent, and kept when it was built on theirs.', z.strictObject({ id: wire.id })),
  syncExport: declare('command', 'sync.export', 'session', 'Writes what is not sent yet to a signed file, to be carried to another computer or to the server.', z.strictObject({})),
  syncImport: declare('command', 'sync.import', 'session', 'Takes such a file (its text): delivered to the server at the next contact, shown here meanwhile.', z.strictObject({ text: z.string().max(32 * 1024 * 1024) })),
  syncVerify: declare('command', 'sync.verify', 'session', 'Compares what is here with the server, row for row, and fetches again what differs.', z.strictObject({})),
  linkGive: declare('command', 'link.give', 'session',
    'The personal link of a question, or of a sheet, to be given out by hand: made by the server, which asks for the right and notes it in the log. Refused without a server or a network. answer: an `acceptance_id`; sheet: `revision_id` and `collaborator_id`.',
    z.strictObject({ kind: z.enum(['answer', 'sheet']), acceptance_id: wire.id.optional(), revision_id: wire.id.optional(), collaborator_id: wire.id.optional() })),
  syncLog: declare('query', 'sync.log', 'session', 'The last exchanges of this computer, newest first.', z.strictObject({})),
} as const

export const consoleOperations = {
  serverConsole: declare('query', 'server.console', 'session', 'Devices, accounts, conflicts, storage of the server of this organization.', z.strictObject({})),
  serverRevoke: declare('command', 'server.revoke', 'session', 'Shuts a device out: it hands over what it had not sent, then wipes.', z.strictObject({ device: z.string().max(80), reason: z.string().trim().min(1).max(500) })),
  serverAccess: declare('command', 'server.access', 'session', 'A code that lets a member of the organization set a password at the server.', z.strictObject({ user_id: wire.id })),
  serverVerifyAudit: declare('command', 'server.verify_audit', 'session', 'Walks the audit chain on the server.', z.strictObject({})),
  serverAside: declare('command', 'server.aside', 'session', 'Takes up, or lets go, commands that were set aside.', z.strictObject({ id: wire.id, decision: z.enum(['take_over', 'close']) })),
  serverStuck: declare('command', 'server.stuck', 'session', 'Tries again, or lets be, a mail or work of the clock that the server gave up.', z.strictObject({ kind: z.enum(['mail', 'timer']), key: z.string().min(1).max(200), decision: z.enum(['retry', 'drop']) })),
  serverRecovery: declare('command', 'server.recovery', 'session', 'Closes the recovery of a restored server; `review`: of the roles that come back, as `server.console` says it.', z.strictObject({ confirm: z.literal(true), review: z.string().max(40).nullable() })),
  serverMissing: declare('command', 'server.missing', 'session', 'Says why a number is missing that a restore of the server lost.', z.strictObject({ entity: z.string().max(60), id: wire.id, field: z.string().max(60), reason: z.string().trim().min(1).max(500) })),
} as const

export const venueOperations = {
  venueOpen: declare('command', 'venue.open', 'session', 'Serves the others on the local network from this computer, on the address chosen, until it is closed.', z.strictObject({ address: z.string().max(80), port: z.int().min(0).max(65535) })),
  venueClose: declare('command', 'venue.close', 'session', 'Stops serving; what was gathered stays and goes to the server when there is network.', z.strictObject({})),
  venueAdmit: declare('command', 'venue.admit', 'session', 'Lets in a computer whose key is not known here: what it gathered goes to the server, and it is told nothing.', z.strictObject({ id: z.string().max(80) })),
  venueAddresses: declare('query', 'venue.addresses', 'session', 'Addresses of this computer that others could reach.', z.strictObject({})),
  venueJoin: declare('command', 'venue.join', 'session', 'Joins the computer that serves here, with the code on its screen.', z.strictObject({ url: address, code })),
  venueLeave: declare('command', 'venue.leave', 'session', 'Leaves it.', z.strictObject({})),
} as const
