/**
 * Whether a push is what the wire declares, found without making it anew: a batch has a hundred thousand cells, and the schema takes
 * longer over them than the server does over the commands. Law: what is accepted here is accepted by `PushRequest`, unchanged; what is
 * not accepted here is for `PushRequest` to judge, which also says why.
 */
import { isId } from '../kernel/id-form.ts'
import { isInstant } from '../kernel/instants.ts'
import { PUSH_COMMANDS, type PushRequest } from './wire.ts'

type Loose = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown, most: number): boolean => typeof value === 'string' && value.length <= most
const isWhole = (value: unknown, least: number): boolean => Number.isSafeInteger(value) && Number(value) >= least
const isList = (value: unknown, most: number, isOne: (one: unknown) => boolean): boolean => Array.isArray(value) && value.length <= most && value.every(isOne)

/** These members and no other; `maybe` may be left out. */
function isMadeOf(value: unknown, members: readonly string[], maybe?: string): value is Loose {
  if (!isObject(value) || !members.every((name) => Object.hasOwn(value, name))) return false
  return Object.keys(value).length === members.length + (maybe !== undefined && Object.hasOwn(value, maybe) ? 1 : 0)
}
/** Any member whose name is of this length, with such a value. */
function isNamed(value: unknown, longest: number, isOne: (one: unknown) => boolean): boolean {
  if (!isObject(value)) return false
  return Object.keys(value).every((name) => name.length <= longest && name !== '__proto__' && isOne(value[name]))
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  return Array.isArray(value) ? value.every(isJson) : isNamed(value, Infinity, isJson)
}
const isIdOrNull = (value: unknown): boolean => value === null || isId(value)

const OPS: readonly unknown[] = ['insert', 'update', 'remove', 'restore']
const isCell = (cell: unknown): boolean => isMadeOf(cell, ['base', 'mine', 'from']) && isIdOrNull(cell['from']) && isJson(cell['base']) && isJson(cell['mine'])
const isCellBeside = (cell: unknown): boolean => isMadeOf(cell, ['base', 'mine']) && isJson(cell['base']) && isJson(cell['mine'])
const isRow = (row: unknown): boolean =>
  isMadeOf(row, ['entity', 'id', 'op', 'fields'], 'beside') && isText(row['entity'], 60) && isId(row['id']) && OPS.includes(row['op']) && isNamed(row['fields'], 60, isCell) &&
  (!('beside' in row) || isNamed(row['beside'], 60, isCellBeside))

const isCommand = (command: unknown): boolean =>
  isMadeOf(command, ['id', 'name', 'v', 'input', 'record', 'after', 'seed', 'issued_at', 'correlation_id', 'group_id']) &&
  isId(command['id']) && isText(command['name'], 80) && isWhole(command['v'], 1) && isJson(command['input']) &&
  isMadeOf(command['record'], ['rows']) && isList(command['record']['rows'], 20_000, isRow) && isList(command['after'], 2000, isId) &&
  isId(command['seed']) && isInstant(command['issued_at']) && isText(command['correlation_id'], 128) && isIdOrNull(command['group_id'])

const isEntry = (entry: unknown): boolean =>
  isMadeOf(entry, ['issuer', 'prev', 'command'], 'no_wait') && isId(entry['issuer']) && isIdOrNull(entry['prev']) && (!('no_wait' in entry) || typeof entry['no_wait'] === 'boolean') && isCommand(entry['command'])

export const isPushRequest = (request: unknown): request is PushRequest =>
  isMadeOf(request, ['protocol', 'app_version', 'batch_id', 'epoch', 'tokens', 'waiting', 'commands']) &&
  isWhole(request['protocol'], -Infinity) && isText(request['app_version'], 40) && isText(request['batch_id'], 60) && isWhole(request['epoch'], -Infinity) &&
  isNamed(request['tokens'], Infinity, (token) => isText(token, 400)) && isWhole(request['waiting'], 0) && isList(request['commands'], PUSH_COMMANDS, isEntry)
