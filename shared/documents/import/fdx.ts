/**
 * Reads a Final Draft script (.fdx): its scene headings and who speaks under each. XML without a document type and without entities
 * of its own; size, depth and number of elements are bounded before anything is built. What is refused names its line.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { FoundCharacter, FoundScene } from '../../domain/planning/script-merge.ts'
import { fold } from '../../kernel/text.ts'
import { decodeText } from './text-encoding.ts'
import { parseEighths, parseHeading, speakerName } from './fdx-words.ts'

export const FDX_LIMITS = { max_bytes: 20 * 1024 * 1024, max_depth: 40, max_elements: 400_000, max_tag: 20_000, max_scenes: 2_000, max_characters: 1_000 } as const

export interface ScriptScene extends FoundScene {
  characters: string[]
}
export type ScriptProblemCode = 'fdx.no_heading' | 'fdx.number_twice' | 'fdx.numbered_by_order' | 'fdx.number_long' | 'fdx.cut'
export interface ScriptProblem {
  line: number
  code: ScriptProblemCode
  found: string | null
}
export interface Script {
  scenes: ScriptScene[]
  characters: FoundCharacter[]
  problems: ScriptProblem[]
}

export type FdxRefusalCode = 'fdx.too_large' | 'fdx.doctype' | 'fdx.too_deep' | 'fdx.too_many' | 'fdx.malformed' | 'fdx.not_a_script' | 'fdx.no_scene'
/** Why a file is no script that can be read. `line` from 1; null: the file as a whole. */
export class FdxRefusal extends Error {
  readonly code: FdxRefusalCode
  readonly line: number | null
  readonly expected: string | null
  readonly found: string | null
  constructor(code: FdxRefusalCode, line: number | null, expected: string | null, found: string | null) {
    super(`${code}${line === null ? '' : ` line ${line}`}`)
    this.code = code
    this.line = line
    this.expected = expected
    this.found = found
  }
}

const lineAt = (text: string, index: number): number => {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line++
  return line
}

/** How much is read between two breaths: some fifteen milliseconds of parsing. */
const PIECE = 32 * 1024
/** A single paragraph that long is none of a script's, and could not be read in pieces. */
const MAX_PIECE = 1024 * 1024

/** The content cut between paragraphs, and the document around it. */
interface Shape {
  pieces: { start: number; end: number }[]
  /** null: there is no content. */
  content: { start: number; end: number } | null
}

/** Where a comment or a piece of plain characters ends. One that never does is refused at once: looking for each end to the last byte takes hours. */
function endOfComment(text: string, at: number): number {
  const close = text.startsWith('<!--', at) ? '-->' : text.startsWith('<![CDATA[', at) ? ']]>' : null
  if (close === null) return at
  const end = text.indexOf(close, at)
  if (end < 0) throw new FdxRefusal('fdx.malformed', lineAt(text, at), close, null)
  return end + close.length - 1
}

/** One pass over the tags: nothing that could declare, nest or repeat without end reaches the parser. */
function* shapeOf(text: string): Generator<undefined, Shape> {
  const declared = /<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)\b/i.exec(text)
  if (declared) throw new FdxRefusal('fdx.doctype', lineAt(text, declared.index), null, declared[0])
  const pieces: Shape['pieces'] = []
  let [depth, elements, breath] = [0, 0, 0]
  let [start, from, content]: [number, number, Shape['content']] = [-1, -1, null]
  const cut = (end: number): void => {
    if (end - from > MAX_PIECE) throw new FdxRefusal('fdx.too_many', lineAt(text, from), String(MAX_PIECE), String(end - from))
    pieces.push({ start: from, end })
    from = end
  }
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    if (at - breath > PIECE * 16) {
      breath = at
      yield
    }
    const next = text[at + 1]
    if (next === '!' || next === '?') {
      at = endOfComment(text, at)
      continue
    }
    const end = text.indexOf('>', at)
    if (end < 0) throw new FdxRefusal('fdx.malformed', lineAt(text, at), '>', null)
    if (end - at > FDX_LIMITS.max_tag) throw new FdxRefusal('fdx.too_many', lineAt(text, at), String(FDX_LIMITS.max_tag), String(end - at))
    if (next === '/') {
      depth--
      if (depth === 2 && start >= 0 && content === null && end + 1 - from >= PIECE) cut(end + 1)
      if (depth === 1 && start >= 0 && content === null) {
        cut(at)
        content = { start, end: at }
      }
      continue
    }
    if (++elements > FDX_LIMITS.max_elements) throw new FdxRefusal('fdx.too_many', lineAt(text, at), String(FDX_LIMITS.max_elements), null)
    if (text[end - 1] === '/') continue
    if (++depth > FDX_LIMITS.max_depth) throw new FdxRefusal('fdx.too_deep', lineAt(text, at), String(FDX_LIMITS.max_depth), null)
    if (depth === 2 && start < 0 && /^<Content[\s>]/.test(text.slice(at, at + 9))) start = from = end + 1
  }
  return { pieces, content }
}

/** The five entities of XML and numbered characters; anything else stays as it is written. */
function plainText(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return point > 31 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : ' '
  })
}

type Node = Readonly<Record<string, unknown>>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value])
const attribute = (node: Node, name: string): string | null => {
  const value = node[`@${name}`]
  return typeof value === 'string' && value.trim() !== '' ? plainText(value).trim() : null
}
const child = (node: Node, name: string): Node | null => listOf(node[name]).find(isNode) ?? null

/** A paragraph's text: its `Text` parts (styles cut it) as one line. */
const textOf = (paragraph: Node): string =>
  plainText(listOf(paragraph['Text']).map((part) => (typeof part === 'string' ? part : isNode(part) && typeof part['#text'] === 'string' ? part['#text'] : '')).join('')).replace(/\s+/g, ' ').trim()

/** Paragraphs in the order of the script, those of a dialogue side by side included. */
function* paragraphsOf(holder: Node): Generator<Node> {
  for (const paragraph of listOf(holder['Paragraph'])) {
    if (!isNode(paragraph)) continue
    yield paragraph
    for (const double of listOf(paragraph['DualDialogue'])) if (isNode(double)) yield* paragraphsOf(double)
  }
}

const parser = new XMLParser({
  ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, parseAttributeValue: false, trimValues: false, processEntities: false, htmlEntities: false,
  ignoreDeclaration: true, ignorePiTags: true, captureMetaData: true, maxNestedTags: FDX_LIMITS.max_depth + 1,
})

/** `before`: lines that come before this part of the file. */
function parsed(text: string, before: number): Node {
  const valid = XMLValidator.validate(text, { allowBooleanAttributes: false })
  if (valid !== true) throw new FdxRefusal('fdx.malformed', valid.err.line + before, null, valid.err.msg.slice(0, 200))
  try {
    const root: unknown = parser.parse(text)
    return isNode(root) ? root : {}
  } catch (error) {
    throw new FdxRefusal('fdx.malformed', null, null, error instanceof Error ? error.message.slice(0, 200) : null)
  }
}

/** The document without what its content holds: it must be a script. */
function checkRoot(text: string, content: Shape['content']): void {
  const root = child(parsed(content === null ? text : text.slice(0, content.start) + text.slice(content.end), 0), 'FinalDraft')
  if (!root || content === null) throw new FdxRefusal('fdx.not_a_script', 1, 'FinalDraft', /<([A-Za-z][\w:.-]{0,60})/.exec(text)?.[1] ?? null)
}

const metaData: unknown = XMLParser.getMetaDataSymbol()
function indexOf(node: Node): number {
  const meta: unknown = typeof metaData === 'symbol' ? Reflect.get(node, metaData) : null
  return isNode(meta) && typeof meta['startIndex'] === 'number' ? meta['startIndex'] : 0
}

/** Lines of indexes asked in rising order: the text is walked once, also where all of it is one line. */
function lineCounter(text: string): (index: number) => number {
  let line = 1
  let next = text.indexOf('\n')
  return (index) => {
    for (; next >= 0 && next < index; next = text.indexOf('\n', next + 1)) line++
    return line
  }
}

class Reading {
  readonly scenes: ScriptScene[] = []
  readonly problems: ScriptProblem[] = []
  readonly #characters = new Map<string, { line: number; name: string; scenes: Set<number> }>()
  readonly #numbers = new Set<string>()

  heading(paragraph: Node, line: number): void {
    const heading = textOf(paragraph).slice(0, 300)
    if (heading === '') {
      this.problems.push({ line, code: 'fdx.no_heading', found: attribute(paragraph, 'Number') })
      return
    }
    let number = attribute(paragraph, 'Number')
    if (number !== null && number.length > 20) {
      this.problems.push({ line, code: 'fdx.number_long', found: number.slice(0, 60) })
      number = number.slice(0, 20)
    }
    if (number !== null && this.#numbers.has(number.toUpperCase())) {
      this.problems.push({ line, code: 'fdx.number_twice', found: number })
      return
    }
    if (number !== null) this.#numbers.add(number.toUpperCase())
    const properties = child(paragraph, 'SceneProperties')
    this.scenes.push({ line, number, heading, ...parseHeading(heading), eighths: parseEighths(attribute(properties ?? paragraph, 'Length')), characters: [] })
    if (this.scenes.length > FDX_LIMITS.max_scenes) throw new FdxRefusal('fdx.too_many', line, String(FDX_LIMITS.max_scenes), null)
    for (const beat of listOf(child(properties ?? {}, 'SceneArcBeats')?.['CharacterArcBeat'])) if (isNode(beat)) this.character(attribute(beat, 'Name') ?? '', line)
  }

  /** Somebody speaks, or is said to be in the scene. */
  character(said: string, line: number): void {
    const name = speakerName(said)
    if (name === '') return
    const key = fold(name)
    const known = this.#characters.get(key) ?? { line, name, scenes: new Set<number>() }
    this.#characters.set(key, known)
    if (this.#characters.size > FDX_LIMITS.max_characters) throw new FdxRefusal('fdx.too_many', line, String(FDX_LIMITS.max_characters), null)
    const scene = this.scenes.at(-1)
    if (!scene) return
    known.scenes.add(this.scenes.length - 1)
    if (!scene.characters.includes(known.name)) scene.characters.push(known.name)
  }

  characters(): FoundCharacter[] {
    return [...this.#characters.values()].map(({ line, name, scenes }) => ({ line, name, scenes: scenes.size }))
  }
}

const OPENING = '<Content>'

/** Piece after piece; stops between two of them for whoever has other things to do. */
function* readPieces(bytes: Uint8Array): Generator<undefined, Script> {
  if (bytes.length > FDX_LIMITS.max_bytes) throw new FdxRefusal('fdx.too_large', null, `${FDX_LIMITS.max_bytes} bytes`, `${bytes.length} bytes`)
  const { text } = decodeText(bytes)
  yield
  const { pieces, content } = yield* shapeOf(text)
  checkRoot(text, content)
  const reading = new Reading()
  const lineOf = lineCounter(text)
  for (const { start, end } of pieces) {
    yield
    const piece = child(parsed(`${OPENING}${text.slice(start, end)}</Content>`, lineOf(start) - 1), 'Content') ?? {}
    const lineIn = (paragraph: Node): number => lineOf(start + indexOf(paragraph) - OPENING.length)
    for (const paragraph of paragraphsOf(piece)) {
      const type = attribute(paragraph, 'Type')
      if (type === 'Scene Heading') reading.heading(paragraph, lineIn(paragraph))
      else if (type === 'Character') reading.character(textOf(paragraph), lineIn(paragraph))
    }
  }
  return scriptOf(reading)
}

/** Throws `FdxRefusal`. `breathe` lets others work between two pieces. */
export async function readFdx(bytes: Uint8Array, breathe: () => Promise<void> | undefined = () => undefined): Promise<Script> {
  const reading = readPieces(bytes)
  for (;;) {
    const step = reading.next()
    if (step.done) return step.value
    await breathe()
  }
}

/** A script whose scenes carry no number is numbered in its order, and says so. */
function scriptOf(reading: Reading): Script {
  const { scenes, problems } = reading
  if (scenes.length === 0) throw new FdxRefusal('fdx.no_scene', null, 'Scene Heading', null)
  if (scenes.every((scene) => scene.number === null)) {
    for (const [index, scene] of scenes.entries()) scene.number = String(index + 1)
    problems.push({ line: scenes[0]?.line ?? 1, code: 'fdx.numbered_by_order', found: null })
  }
  for (const scene of scenes)
    if (scene.characters.length > 100) {
      problems.push({ line: scene.line, code: 'fdx.cut', found: String(scene.characters.length) })
      scene.characters.length = 100
    }
  return { scenes, characters: reading.characters(), problems }
}
