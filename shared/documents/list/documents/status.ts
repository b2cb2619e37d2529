/** The state of a project on one page: coming days, what needs somebody, coverage. */
import { z } from 'zod'
import { detail, refuseFor } from '../../../domain/errors.ts'
import { listMatters } from '../../../domain/matters/operations.ts'
import type { MatterItem } from '../../../domain/matters/operations.ts'
import { projectOverview } from '../../../domain/matters/overview-operations.ts'
import { longDate, shortDate } from '../../../domain/runsheets/formats.ts'
import { isInstant, localDateOf, toLocal } from '../../../kernel/instants.ts'
import type { Instant } from '../../../kernel/instants.ts'
import type { FiguresSection, ListContent, ListRow, Mark, TableSection } from '../content.ts'
import { column } from '../desk.ts'
import type { Desk } from '../desk.ts'
import { base } from './base.ts'
import { conflictWords } from './conflict-words.ts'

/** The status is one page. */
const MOST_MATTERS = 7
const MOST_MISSIONS = 8
const instant = z.custom<Instant>(isInstant)

const matterWords: Record<MatterItem['kind'], readonly [fr: string, en: string]> = {
  conflict: ['Conflit', 'Conflict'], double_booked: ['Deux projets à la fois', 'In two projects at once'], option_expired: ['Option expirée', 'Hold expired'], need_open: ['Poste à pourvoir', 'Post to fill'],
  sheet_due: ['Feuille à publier', 'Sheet to publish'], sheet_behind: ['Feuille à mettre à jour', 'Sheet out of date'], mission_incomplete: ['Mission incomplète', 'Incomplete mission'],
  answer_mine: ['Réponse à donner', 'Answer to give'], answers_awaited: ['Réponses attendues', 'Answers awaited'], certification_expiring: ['Habilitation', 'Certification'],
  job_failed: ['Travail automatique en échec', 'Failed automatic work'], import_refused: ['Import incomplet', 'Incomplete import'], availability_request: ['Disponibilité demandée', 'Availability asked'],
  plan_changed: ['Planning modifié', 'Plan changed'], kept_command: ['Saisie à décider', 'Change to decide'],
}
const severityWords: Record<MatterItem['severity'], readonly [fr: string, en: string]> = { severe: ['bloquant', 'blocking'], warning: ['avertissement', 'warning'], info: ['note', 'note'] }

const severityMarks: Record<MatterItem['severity'], Mark> = { severe: 'blocking', warning: 'warning', info: 'note' }

export async function overview(desk: Desk): Promise<ListContent> {
  const { project } = desk
  if (!project) throw refuseFor('project', 'not_found', detail('project_id', 'required', 'a project'))
  const status = projectOverview.output.parse(await desk.ask('project.overview', { project_id: project.id }))
  const matters = listMatters.output.parse(await desk.ask('matter.list', { project_id: project.id, limit: 500 }))
  const toHandle = matters.items.filter((one) => one.group === 'handle')
  const today = localDateOf(desk.reader.call.now, project.zone)
  return {
    ...base(desk, 'overview', desk.say('État du projet', 'Project status')),
    subtitle: longDate(today, desk.language).replace(/^./, (letter) => letter.toUpperCase()),
    notes: [`${shortDate(localDateOf(project.start_at, project.zone), desk.language)} → ${shortDate(localDateOf(project.end_at, project.zone), desk.language)}`],
    sections: [figures(desk, status, toHandle.length), nextMissions(desk, status.missions), handle(desk, toHandle), coverage(desk, status.departments)],
  }
}

type Status = z.infer<typeof projectOverview.output>

function figures(desk: Desk, status: Status, toHandle: number): FiguresSection {
  const next = status.missions[0]
  const sum = (key: 'needed' | 'filled' | 'held'): number => status.departments.reduce((total, one) => total + one.coverage[key], 0)
  const call = next ? toLocal(instant.parse(next.call_at), next.zone) : null
  return {
    kind: 'figures',
    figures: [
      { id: 'next', label: desk.say('Prochaine convocation', 'Next call'), value: call ? call.time : '—', note: next && call ? `${shortDate(call.date, desk.language)} · ${next.day_code ?? next.title}` : desk.say('aucune mission', 'no mission') },
      { id: 'people', label: desk.say('Personnes ce jour-là', 'People that day'), value: next ? String(next.people) : '—', note: next?.location?.name ?? '' },
      { id: 'filled', label: desk.say('Postes pourvus', 'Posts filled'), value: `${sum('filled')} / ${sum('needed')}`, note: `${sum('held')} ${desk.say('en option', 'on hold')}` },
      { id: 'handle', label: desk.say('À traiter', 'To handle'), value: String(toHandle), note: '' },
    ],
  }
}

function nextMissions(desk: Desk, missions: Status['missions']): TableSection {
  const shown = missions.slice(0, MOST_MISSIONS)
  return {
    kind: 'table', title: desk.say('Prochaines missions', 'Next missions'), note: missions.length > shown.length ? desk.say(`les ${shown.length} premières sur ${missions.length}`, `first ${shown.length} of ${missions.length}`) : null, empty: desk.say('Aucune mission à venir.', 'No mission to come.'),
    columns: [
      column('date', 'Date', 'date', 82), column('code', desk.say('Jour', 'Day'), 'code', 26), column('title', 'Mission', 'strong', 128, 2), column('place', desk.say('Lieu', 'Place'), 'text', 84, 1),
      column('call', desk.say('Convoc.', 'Call'), 'call', 42), column('coverage', desk.say('Postes', 'Posts'), 'count', 40), column('sheet', desk.say('Feuille', 'Sheet'), 'text', 48),
    ],
    groups: [{ id: 'next', code: null, title: '', count: null, rows: shown.map((one): ListRow => {
      const at = instant.parse(one.call_at)
      const of = localDateOf(at, one.zone)
      return {
        id: one.id,
        cells: {
          date: { date: of }, code: one.day_code, title: one.title, place: one.location?.name ?? null, call: { at, zone: one.zone, of },
          coverage: `${one.coverage.filled} / ${one.coverage.needed}`, sheet: one.sheet?.published == null ? (one.sheet?.in_work ? desk.say('en travail', 'in work') : null) : `v${one.sheet.published}`,
        },
      }
    }) }],
  }
}

function handle(desk: Desk, items: readonly MatterItem[]): TableSection {
  const zone = desk.project?.zone ?? desk.organization.default_zone
  const shown = items.slice(0, MOST_MATTERS)
  return {
    kind: 'table', title: desk.say('À traiter', 'To handle'), note: items.length > shown.length ? desk.say(`les ${shown.length} premiers sur ${items.length}`, `first ${shown.length} of ${items.length}`) : null,
    empty: desk.say('Rien à traiter.', 'Nothing to handle.'),
    columns: [column('severity', desk.say('Gravité', 'Severity'), 'state', 76), column('kind', desk.say('Quoi', 'What'), 'strong', 150, 1), column('title', desk.say('Sur quoi', 'On what'), 'text', 150, 1), column('due', desk.say('Avant', 'Before'), 'moment', 96)],
    groups: [{ id: 'handle', code: null, title: '', count: null, rows: shown.map((one) => ({
      id: one.id,
      cells: {
        severity: { state: desk.say(...severityWords[one.severity]), mark: severityMarks[one.severity] },
        kind: desk.say(...(conflictWords(one.figures['conflict_kind']) ?? matterWords[one.kind])), title: one.title, due: one.due_at === null ? null : { at: instant.parse(one.due_at), zone, of: null },
      },
    })) }],
  }
}

const coverage = (desk: Desk, departments: Status['departments']): TableSection => ({
  kind: 'table', title: desk.say('Couverture par département', 'Coverage by department'), note: desk.say('toutes les prochaines missions', 'all next missions'), empty: desk.say('Aucun besoin saisi.', 'No need entered.'),
  columns: [
    column('code', 'Code', 'code', 40), column('name', desk.say('Département', 'Department'), 'strong', 160, 1), column('needed', desk.say('Postes', 'Posts'), 'count', 60), column('filled', desk.say('Pourvus', 'Filled'), 'count', 60),
    column('held', desk.say('Options', 'Holds'), 'count', 60), column('missing', desk.say('Manquent', 'Missing'), 'count', 60),
  ],
  groups: [{ id: 'coverage', code: null, title: '', count: null, rows: departments.map((one) => ({
    id: one.id ?? 'none',
    cells: {
      code: one.code, name: desk.language === 'en' ? (one.name_en ?? one.name) : one.name, needed: one.coverage.needed, filled: one.coverage.filled, held: one.coverage.held,
      missing: Math.max(0, one.coverage.needed - one.coverage.filled - one.coverage.held),
    },
  })) }],
})
