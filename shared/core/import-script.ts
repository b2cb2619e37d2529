/** Scenes and characters of a Final Draft script: looked at first, then brought in as one command. */
import { FdxRefusal, readFdx, type Script } from '../documents/import/fdx.ts'
import { detail, refuse } from '../domain/errors.ts'
import { bulkRows, type Reader } from '../domain/operation.ts'
import { castRole, cue, mission } from '../domain/planning/model.ts'
import { applyScript, previewScript, writeScript } from '../domain/planning/run-of-show-operations.ts'
import { mergeScript, type Merge } from '../domain/planning/script-merge.ts'
import { canonicalJson, sha256 } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import { commandsOfGroup } from '../store/command-log.ts'
import { compositeHandler, coreHandler, type AnyHandler, type Inner } from './core-handler.ts'

interface ScriptInput {
  mission_id: Id
  content_base64: string
  left_out?: string[] | undefined
}

async function scriptOf(content_base64: string, { breathe }: Inner): Promise<Script> {
  try {
    return await readFdx(Buffer.from(content_base64, 'base64'), breathe)
  } catch (error) {
    if (!(error instanceof FdxRefusal)) throw error
    throw refuse('validation.file', detail(error.line === null ? 'content_base64' : `lines.${error.line}`, error.code, error.expected, error.found))
  }
}

async function readScript(reader: Reader, input: ScriptInput, inner: Inner): Promise<{ script: Script; merge: Merge; digest: string }> {
  const script = await scriptOf(input.content_base64, inner)
  const on = await reader.need(mission, input.mission_id)
  const cues = await reader.find(cue, { mission_id: on.id }, { sort: ['position'] })
  const cast = await reader.find(castRole, { project_id: on.project_id }, { sort: ['position'] })
  const merge = mergeScript(script, cues, cast, new Set(input.left_out))
  return { script, merge, digest: sha256(canonicalJson([sha256(input.content_base64), merge.rows])) }
}

export const scriptHandlers: readonly AnyHandler[] = [
  coreHandler(previewScript, async (reader, input, inner) => {
    const { script, merge, digest } = await readScript(reader, input, inner)
    return { digest, ...merge.preview, problems: script.problems }
  }),
  compositeHandler(applyScript, async (reader, input, composer) => {
    const { inner, group_id } = composer
    const answered = (answer: unknown) => {
      const { characters, scenes, changed_scenes } = writeScript.output.parse(answer)
      return { group_id, scenes: scenes.length, changed_scenes: changed_scenes.length, characters: characters.length }
    }
    // The same call again: the records are as this very call left them.
    const done = (await commandsOfGroup(inner.engine, inner.org, group_id)).find(({ name, actor }) => name === writeScript.name && actor === inner.person.user_id)
    if (done) return answered(done.answer)
    const { merge, digest } = await readScript(reader, input, inner)
    if (digest !== input.digest) throw refuse('import.changed', detail('digest', 'records_changed', digest, input.digest))
    const { rows } = merge
    const count = rows.characters.length + rows.scenes.length + rows.changed_scenes.length
    if (count === 0) return { group_id, scenes: 0, changed_scenes: 0, characters: 0 }
    if (count > bulkRows) throw refuse('validation.file', detail('left_out', 'fdx.too_many_rows', String(bulkRows), String(count)))
    return answered((await composer.execute(writeScript.name, { mission_id: input.mission_id, ...rows }, 'write')).value)
  }),
]
