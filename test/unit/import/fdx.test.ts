/** Scripts of Final Draft: what is read, and what is refused with its line. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FdxRefusal, readFdx } from '../../../shared/documents/import/fdx.ts'
import { parseEighths, parseHeading, speakerName } from '../../../shared/documents/import/fdx-words.ts'

const sample = readFileSync(new URL('../../fixtures/scripts/la-digue.fdx', import.meta.url))
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const script = (content: string): string => `<?xml version="1.0"?>\n<FinalDraft DocumentType="Script">\n<Content>\n${content}\n</Content>\n</FinalDraft>`
const scene = (number: string, heading: string): string => `<Paragraph Number="${number}" Type="Scene Heading"><Text>${heading}</Text></Paragraph>`
async function refusal(text: string | Uint8Array): Promise<[string, number | null]> {
  try {
    await readFdx(typeof text === 'string' ? bytes(text) : text)
  } catch (error) {
    if (error instanceof FdxRefusal) return [error.code, error.line]
    throw error
  }
  throw new Error('it was read')
}

describe('a Final Draft script', () => {
  it('gives its scenes with place, moment, length and who speaks in them', async () => {
    const { scenes, characters, problems } = await readFdx(sample)
    expect(scenes.map(({ number, int_ext, set, effect, eighths, characters: names }) => [number, int_ext, set, effect, eighths, names])).toEqual([
      ['1', 'EXT', 'DIGUE', 'AUBE', 11, ['MAUD', 'L’ÉCLUSIER']],
      ['2', 'INT/EXT', 'CAMIONNETTE', 'AUBE', 5, ['SACHA', 'MAUD']],
      ['2A', 'INT', 'MAISON DE L’ÉCLUSIER - CUISINE', 'NUIT', 16, ['L’ÉCLUSIER']],
    ])
    expect(characters.map(({ name, scenes: count }) => [name, count])).toEqual([['MAUD', 2], ['L’ÉCLUSIER', 2], ['SACHA', 1]])
    expect(problems).toEqual([])
    expect(scenes.map(({ line }) => line)).toEqual([5, 24, 50])
  })

  it('is read in UTF-16 as in UTF-8', async () => {
    const text = `\uFEFF${sample.toString('utf8')}`
    expect((await readFdx(Buffer.from(text, 'utf16le'))).scenes).toEqual((await readFdx(sample)).scenes)
  })

  it('says what it could not take: a heading without words, a number given twice, scenes without numbers', async () => {
    const odd = await readFdx(bytes(script(`${scene('1', 'INT. A - JOUR')}\n${scene('1', 'INT. B - JOUR')}\n${scene('3', '')}`)))
    expect(odd.scenes).toHaveLength(1)
    expect(odd.problems.map(({ code, line, found }) => [code, line, found])).toEqual([['fdx.number_twice', 5, '1'], ['fdx.no_heading', 6, '3']])
    const unnumbered = await readFdx(bytes(script('<Paragraph Type="Scene Heading"><Text>INT. A</Text></Paragraph><Paragraph Type="Scene Heading"><Text>EXT. B</Text></Paragraph>')))
    expect(unnumbered.scenes.map(({ number }) => number)).toEqual(['1', '2'])
    expect(unnumbered.problems.map(({ code }) => code)).toEqual(['fdx.numbered_by_order'])
  })

  it('keeps text as text: entities of XML are read, nothing else is expanded', async () => {
    const { scenes } = await readFdx(bytes(script(scene('1', 'INT. CAF&#201; &amp; BAR &lol; &amp;amp; - JOUR'))))
    expect(scenes[0]?.set).toBe('CAFÉ & BAR &lol; &amp;')
  })

  it('is refused with its line when it declares entities, nests or repeats without end, or is no script', async () => {
    const bomb = `<?xml version="1.0"?>\n<!DOCTYPE lolz [\n<!ENTITY lol "lol">\n<!ENTITY lol2 "&lol;&lol;&lol;">\n]>\n<FinalDraft><Content>&lol2;</Content></FinalDraft>`
    expect(await refusal(bomb)).toEqual(['fdx.doctype', 2])
    expect(await refusal('<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><FinalDraft/>')).toEqual(['fdx.doctype', 1])
    expect(await refusal(script(`\n\n${'<A>'.repeat(60)}${'</A>'.repeat(60)}`))).toEqual(['fdx.too_deep', 6])
    expect((await refusal(script('<a></a>'.repeat(400_001))))[0]).toBe('fdx.too_many')
    expect((await refusal(script('<a/>'.repeat(400_001))))[0]).toBe('fdx.too_many')
    expect((await refusal(script(`<Paragraph ${'a="1" '.repeat(4_000)}/>`)))[0]).toBe('fdx.too_many')
    // No end of a tag anywhere: looked for once, not from each beginning.
    expect((await refusal(`<FinalDraft><Content>${'<a</'.repeat(300_000)}${' '.repeat(10_000_000)}`))[0]).toBe('fdx.malformed')
    // Nor of a comment.
    expect(await refusal(`<FinalDraft><Content>${'<!--'.repeat(2_000_000)}`)).toEqual(['fdx.malformed', 1])
    expect(await refusal(script('\n<![CDATA[ open'))).toEqual(['fdx.malformed', 5])
    expect(await refusal(new Uint8Array(20 * 1024 * 1024 + 1))).toEqual(['fdx.too_large', null])
    expect((await refusal(script('<Paragraph>\n<Text>never closed\n</Paragraph>')))[0]).toBe('fdx.malformed')
    expect(await refusal('<html><body/></html>')).toEqual(['fdx.not_a_script', 1])
    expect((await refusal(''))[0]).toMatch(/^fdx\./)
    expect(await refusal(script('<Paragraph Type="Action"><Text>Rien.</Text></Paragraph>'))).toEqual(['fdx.no_scene', null])
  })

  it('is read or refused in its own words, whatever the bytes', async () => {
    const text = sample.toString('utf8')
    await fc.assert(fc.asyncProperty(fc.nat(text.length), fc.nat(40), fc.string({ maxLength: 30 }), async (at, cut, put) => {
      try {
        const { scenes } = await readFdx(bytes(text.slice(0, at) + put + text.slice(at + cut)))
        expect(scenes.every((one) => one.line >= 1 && one.heading.length <= 300 && one.set.length <= 200)).toBe(true)
      } catch (error) {
        expect(error).toBeInstanceOf(FdxRefusal)
      }
    }), { numRuns: 300 })
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (any) => {
      await expect(readFdx(any)).rejects.toThrow(FdxRefusal)
    }))
    expect((await readFdx(bytes(script(scene('__proto__', 'INT. A - JOUR'))))).scenes).toHaveLength(1)
    expect(await refusal(script('<__proto__><polluted/></__proto__><constructor/>'))).toEqual(['fdx.malformed', null])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('is the same read in one piece or in many, with the lines of the file', async () => {
    const action = `<Paragraph Type="Action"><Text>${'La marée monte. '.repeat(60)}</Text></Paragraph>`
    const body = Array.from({ length: 300 }, (_, at) => `${scene(String(at + 1), `INT. DIGUE ${at} - NUIT`)}\n${action}\n<Paragraph Type="Character"><Text>MAUD ${at % 7}</Text></Paragraph>`).join('\n')
    let breaths = 0
    const { scenes, characters } = await readFdx(bytes(script(body)), () => void breaths++)
    expect(breaths).toBeGreaterThan(5)
    expect(scenes).toHaveLength(300)
    expect(scenes.map(({ line }) => line)).toEqual(scenes.map((_, at) => 4 + 3 * at))
    expect(characters.map(({ name, scenes: count }) => [name, count])).toContainEqual(['MAUD 0', 43])
    expect(await refusal(script(body.replace('<Text>MAUD 3</Text></Paragraph>', '<Text>MAUD 3</Txt></Paragraph>')))).toEqual(['fdx.malformed', 4 + 3 * 3 + 2])
    expect((await readFdx(bytes(script(`<!-- <b> -->${body}`)))).scenes).toHaveLength(300)
    expect((await refusal(script(`<Paragraph>${'<Text>a</Text>'.repeat(80_000)}</Paragraph>`)))[0]).toBe('fdx.too_many')
  })

  it('written on one line is read as fast as on many', async () => {
    const spoken = '<Paragraph Type="Character"><Text>MAUD</Text></Paragraph>\n'.repeat(60_000)
    const took = async (body: string): Promise<number> => {
      const from = performance.now()
      await readFdx(bytes(body))
      return performance.now() - from
    }
    const whole = script(scene('1', 'INT. DIGUE - NUIT') + spoken)
    const many = await took(whole)
    expect(await took(whole.replaceAll('\n', ''))).toBeLessThan(many * 2 + 500)
  }, 60_000)

  it('of 20 MB lets others work while it is read', async () => {
    const action = `<Paragraph Type="Action"><Text>${'La marée monte. '.repeat(10)}</Text></Paragraph>`
    const body = Array.from({ length: 1500 }, (_, at) => scene(String(at + 1), `INT. DIGUE ${at} - NUIT`) + action.repeat(58)).join('\n')
    const file = bytes(script(body))
    expect(file.length).toBeGreaterThan(18 * 1024 * 1024)
    let longest = 0
    let last = performance.now()
    const { scenes } = await readFdx(file, () => {
      longest = Math.max(longest, performance.now() - last)
      return new Promise((resume) => setImmediate(() => {
        last = performance.now()
        resume()
      }))
    })
    expect(scenes).toHaveLength(1500)
    console.log(`longest piece ${Math.round(longest)} ms`)
    expect(longest).toBeLessThan(2000)
  }, 60_000)
})

describe('a heading', () => {
  it('is read as it is written in either language', () => {
    expect(parseHeading('INT. CUISINE - MAISON DE PAUL - JOUR')).toEqual({ int_ext: 'INT', set: 'CUISINE - MAISON DE PAUL', effect: 'JOUR' })
    expect(parseHeading('I/E CAR – NIGHT (RAIN)')).toEqual({ int_ext: 'INT/EXT', set: 'CAR', effect: 'NIGHT (RAIN)' })
    expect(parseHeading('EXTÉRIEUR. PORT — APRÈS-MIDI')).toEqual({ int_ext: 'EXT', set: 'PORT', effect: 'APRÈS-MIDI' })
    expect(parseHeading('INTERVALLE')).toEqual({ int_ext: '', set: 'INTERVALLE', effect: '' })
    expect(parseHeading('EXT. QUAI NORD')).toEqual({ int_ext: 'EXT', set: 'QUAI NORD', effect: '' })
  })
  it('has lengths in eighths and speakers without their extensions', () => {
    expect(['1 3/8', '5/8', '2', '0', '', null, '3/4', 'x', '9/8'].map(parseEighths)).toEqual([11, 5, 16, 0, null, null, null, null, null])
    expect(['JEANNE (V.O.) (CONT’D)', 'PAUL(O.S.)', 'LE  CHŒUR :', '(seul)'].map(speakerName)).toEqual(['JEANNE', 'PAUL', 'LE CHŒUR', ''])
  })
})
