/**
 * Events beside the data that a computer which follows a server sees by itself and reports to it (domain 11): signing in there, seeing as, a
 * refusal by its own core, an export. What only a server does is none of them.
 */
export const deviceEvents: ReadonlySet<string> = new Set([
  'security.sign_in', 'security.sign_in.failed', 'security.sign_in.reset', 'security.sign_out', 'security.locked', 'security.unlocked', 'security.unlock.failed', 'security.switched',
  'security.see_as.started', 'security.see_as.stopped', 'security.password.changed', 'security.pin.set', 'security.pin.removed', 'security.recovery_key.made', 'security.recovered',
  'security.permission.denied', 'security.record.not_found', 'security.transition.rejected', 'security.events.lost',
  'security.number.revealed',
  'export.full', 'export.document', 'export.person', 'export.calendar',
  'backup.created', 'backup.restored', 'backup.folder_set', 'backup.copied', 'storage.checked',
])

/** Said of a person who has not proved to be there: without their token they are reported as of nobody known, by whoever is. */
export const unprovenEvents: ReadonlySet<string> = new Set(['security.sign_in.failed', 'security.sign_in.reset', 'security.unlock.failed', 'security.events.lost'])

/** More events of one person than a device keeps: how many came after it was full. */
export const EVENTS_LOST = 'security.events.lost'
