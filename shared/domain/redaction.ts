/**
 * What may stand in a report that a person sends by hand: of a message, only words known beforehand (those of Node, SQLite, React and the
 * names of Callboard's own records and columns); everything else (names, values, addresses, numbers) becomes `…`. Of a call stack, the
 * functions and the ends of the paths of code files. What is unknown is left out, so that nothing personal can pass by being unforeseen.
 */
import { entities } from './registry.ts'

const WORDS = `a about abort aborted access address after all already an and any argument arguments array as assertion assign async at available await bad be
been before begin between bigint blob boolean both bound broken buffer busy but by bytes call called callback can cannot case change changed channel check child circular
class client clone close closed closing code codec column columns command commit compile component concurrent connect connection const constraint constructor
context convert core corrupt could create creating crypto cursor cycle damaged data database date decode deep default defined delete depth destroyed dictionary did
digest directory disk do document does done down drop duplicate during each eaccess element else empty encode end ended entity enough entry enum error errors event
events exceed exceeded exceeds exception exclusive exec exist exists exit exited expected expression external failed failure fetch field fields file files find
finish finished first flag float for foreign format found frame from full function generator get got had handle handler has hash have heap hook hooks host id ids if
ignored illegal image import in incomplete incorrect index infinite initialization initialize input inside instance instead integer integrity internal interrupted
into invalid invariant io is it item items iterable iterator its job json key keys large last layout length less limit line list listener load loaded loading lock locked
long lost main malformed map match maximum may memory message method migration minimum minified missing mode module more most must name native negative nested network new next no
node not nothing null number object of offset on once only open opened opening operation option options or order out outside overflow owner page parameter parse
parser parsing part pass path pending permission pipe plain pointer pool port position possible promise properties property protocol prototype provided query queue
quota range ratio re react read readable readonly reading received record recursion recursive redeclare reduce reference references refused regexp regular reject
rejected rejection release reload remove removed render rendered rendering renderer replace report request required reserved resolve resource response restore result
return returned row rows run running same scope script sealed search see segment send separator serialize server session set setting shape should side signal size
small socket source space specified sqlite stack stalled start state statement static stop stopped storage store stream string structure supported suspended symbol
syntax system table target task terminated text than that the then there this thread throw thrown time timed timeout to token too top total transaction transferred tree
trigger true false try two type types undefined undo unexpected unhandled unique unknown unlink unlock unreachable unsupported until update upgrade usage use used
user using utf valid value values variable version view void wait waiting was were when where which while window with within without worker would write writing written
wrong xml yet zero zip zone`

const known: ReadonlySet<string> = new Set([
  ...WORDS.split(/\s+/),
  ...[...entities.values()].flatMap((entity) => [entity.name, ...Object.keys(entity.fields)]),
  'org_id', 'project_id', 'mission_id', 'deleted_at', 'created_at', 'updated_at', 'audit_event', 'command_log',
])
/** `SQLITE_BUSY`, `EACCES`, `ERR_INVALID_ARG_TYPE`, `UNIQUE`. */
const CODE = /^(?:SQLITE(?:_[A-Z]+)*|E[A-Z]{3,14}|ERR(?:_[A-Z0-9]+)+|UNIQUE|CHECK|NOT|NULL|FOREIGN|KEY|JSON|SQL)$/
const CODES: ReadonlySet<string> = new Set('EACCES EBUSY EEXIST EINVAL EIO EISDIR EMFILE ENOENT ENOMEM ENOSPC ENOTDIR ENOTEMPTY EPERM EPIPE EROFS ETIMEDOUT'.split(' '))

const isKnown = (word: string): boolean => known.has(word.toLowerCase()) && word !== word.toUpperCase() ? true : CODE.test(word) && (!/^E[A-Z]+$/.test(word) || CODES.has(word))

/** How messages begin. No other word counts with a capital: names of people can be words too (Mark, Page). */
const BEGINNINGS: ReadonlySet<string> = new Set('Cannot Could Failed Invalid Unexpected Maximum Unable The Illegal Assertion Missing Unknown Expected'.split(' '))

function redactLine(text: string): string {
  let first = true
  const parts = text.split(/([A-Za-z_]+)/).map((part, index) => {
    if (index % 2 === 0) return /^[\s.,:;()'"`[\]{}=<>/-]*$/.test(part) ? part.replace(/\s+/g, ' ') : '…'
    const startsSentence = first
    first = false
    if (part.length === 1) return part === 'a' ? part : '…'
    const plain = part === part.toLowerCase() || CODE.test(part) || (startsSentence && BEGINNINGS.has(part))
    return plain && isKnown(part) ? part : '…'
  })
  return parts.join('').replace(/…(?:[\s.,:;'"`/-]*…)+/g, '…').trim()
}

export const redactMessage = (message: string): string => message.slice(0, 2000).split('\n').map(redactLine).join('\n').slice(0, 500)

/** `TypeError`; anything that is not one of the language's or Callboard's own is `Error`. */
const ERRORS: ReadonlySet<string> = new Set(
  'Error TypeError RangeError ReferenceError SyntaxError EvalError URIError AggregateError AssertionError SqliteError StoreError Refusal HostError CallFailure DOMException AbortError'.split(' '))
export const redactName = (name: string): string => (ERRORS.has(name) ? name : 'Error')

const FRAME = /^\s*at (?:(?:async |new )?([\w$.<>]{1,80}) (?:\[as [\w$]+\] )?\()?((?:[a-z]+:\/\/|\/|[A-Za-z]:\\)?[^()\s]*?):(\d{1,7}):(\d{1,7})\)?$/
const CODE_FILE = /^[\w@.-]+\.(?:[cm]?[jt]s|tsx|jsx)$/
/** Folders of Callboard's own code and of its packages; of any other only the file's name is said. */
const FOLDERS: ReadonlySet<string> = new Set('main host web cli electron bridge sync-server http accounts answers blobs limits mail storage generator launch shared kernel domain core store documents sync renderer app shell pages components assets dist node_modules internal'.split(' '))

/** `at listMissions (planning/handlers.ts:12:3)`; null when the line is no frame of a code file. */
function redactFrame(line: string): string | null {
  const [, name, path, row, column] = FRAME.exec(line) ?? []
  if (path === undefined || row === undefined || column === undefined) return null
  const parts = path.replace(/[?#].*$/, '').split(/[\\/]/)
  const file = parts.at(-1) ?? ''
  if (path.startsWith('node:')) return `at ${frameName(name)}(node:${row}:${column})`
  if (!CODE_FILE.test(file)) return null
  const folder = parts.at(-2) ?? ''
  return `at ${frameName(name)}(${FOLDERS.has(folder) ? `${folder}/` : ''}${file}:${row}:${column})`
}
const frameName = (name: string | undefined): string => (name === undefined ? '' : `${name} `)

/** Where it happened, at most 30 lines; the message that a stack repeats is cut away. */
export function redactStack(stack: string): string[] {
  const lines = stack.split('\n')
  return lines.flatMap((line) => redactFrame(line) ?? []).slice(0, 30)
}

/** `/o/:id/p/:id/missions`: the page, without what it showed. */
export function redactPlace(path: string): string {
  const parts = path.split(/[?#]/)[0]?.split('/').filter(Boolean) ?? []
  return `/${parts.slice(0, 8).map((part) => (/^[a-z_-]{1,20}$/.test(part) && PAGES.has(part) ? part : ':id')).join('/')}`
}
const PAGES: ReadonlySet<string> = new Set(
  'o p welcome lock overview missions planning sheets compare crew locations equipment contracts money documents inbox directory audit sync conflicts settings data import help print organization members roles departments layouts reports news flags me'.split(' '))
