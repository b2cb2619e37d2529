import { z } from 'zod'
import { wire } from '../entity.ts'
import { engagementKinds } from '../engagement/rules.ts'
import { query } from '../operation.ts'
import { ruleCodes, ruleStandings } from './rule-packs.ts'

const Words = z.object({ fr: z.string(), en: z.string() })
const minutes = z.int()
const Level = z.enum(['warning', 'severe']).nullable()

const Rule = z.object({
  code: z.enum(ruleCodes), kind: z.string().nullable(), limit: z.enum(['ceiling', 'floor']), warning_minutes: minutes, severe_minutes: minutes.nullable(),
  parameters: z.record(z.string(), z.int()), article: z.string().nullable(), standing: z.enum(ruleStandings), source: z.string(), title: Words, note: Words.nullable(),
})
const Pack = z.object({
  id: z.string(), country: z.string(), agreement: z.string().nullable(), population: z.array(z.enum(engagementKinds)).nullable(), valid_from: z.string(), valid_to: z.string().nullable(),
  title: Words, source: Words, note: Words.nullable(), rules: z.array(Rule),
  /** On the date asked about. */
  in_force: z.boolean(),
})

export const listRulePacks = query({
  name: 'rule_pack.list',
  about: 'Packs of labour rules with their articles, dates and sources, what is not certain, and what would hold today for each kind of engagement of a project.',
  input: z.strictObject({ project_id: wire.id.optional() }),
  output: z.object({
    on: z.string(),
    packs: z.array(Pack),
    /** Agreements by IDCC; without a pack of its own the labour code holds. */
    agreements: z.array(z.object({ code: z.string(), title: Words, packs: z.array(z.string()) })),
    open_points: z.array(z.object({ why: z.string(), title: Words, about: Words })),
    project: z.object({
      agreement: z.string().nullable(),
      holding: z.array(z.object({
        engagement_kind: z.enum(engagementKinds),
        /** Of the agreement; null: it says nothing of them, the default holds. */
        pack_id: z.string().nullable(),
        rules: z.array(z.object({ code: z.enum(ruleCodes), pack_id: z.string(), is_default: z.boolean() })),
      })),
    }).nullable(),
  }),
  permission: 'org:read',
  target: { kind: 'visible', project: (input) => input.project_id },
})

const Cited = z.object({
  code: z.enum(ruleCodes), title: Words, pack_id: z.string(), pack_title: Words, is_default: z.boolean(), unsure: z.boolean(), article: z.string().nullable(),
  warning_minutes: minutes, severe_minutes: minutes.nullable(),
})

export const workingTimeOf = query({
  name: 'working_time.of',
  about: 'Hours, rest, the average over twelve weeks and the 507 h count of one person around a date: information from work known here, of all projects, none named, no amount.',
  input: z.strictObject({ collaborator_id: wire.id, on: wire.localDate.optional() }),
  output: z.object({
    on: z.string(),
    weeks: z.array(z.object({
      monday: z.string(), worked_minutes: minutes, level: Level, days: z.int(), longest_day_minutes: minutes.nullable(), shortest_rest_minutes: minutes.nullable(),
      average_minutes: minutes, average_level: Level, weeks_unknown: z.int(), breaks_unknown: z.int(),
    })),
    average: z.object({ total_minutes: minutes, average_minutes: minutes, weeks: z.int(), weeks_unknown: z.int(), level: Level, rule: Cited }).nullable(),
    week_rule: Cited.nullable(),
    short_calls: z.array(z.object({ date: z.string(), minutes, rule: Cited })),
    year: z.object({
      from: z.string(), to: z.string(), work_minutes: minutes, cachets: z.int(), cachet_minutes: minutes, counted_minutes: minutes, threshold_minutes: minutes,
      option_minutes: minutes, option_cachets: z.int(), other_minutes: minutes, article: z.string(), source: z.string(),
    }).nullable(),
  }),
  permission: 'contact:read',
  target: { kind: 'person', id: (input) => input.collaborator_id },
})
