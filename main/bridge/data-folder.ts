import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * Folder that holds the person's organizations, the same for the desktop app, the web host and the command line, so that each opens
 * what the others made. `asked` (an argument) wins over CALLBOARD_DATA, which wins over the platform's own place.
 */
export function dataFolder(asked: string | undefined, environment: NodeJS.ProcessEnv = process.env): string {
  if (asked !== undefined && asked !== '') return resolve(asked)
  const given = environment['CALLBOARD_DATA']
  if (given !== undefined && given !== '') return resolve(given)
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Callboard', 'data')
    case 'win32':
      return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Callboard', 'data')
    default:
      return join(environment['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'Callboard', 'data')
  }
}
