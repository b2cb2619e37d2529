/** The register of entries and exits, and the list that is shown to a labour inspector: everybody employed on a project, from the contracts. */
import { registers } from '../../../domain/contracts/queries.ts'
import { detail, refuseFor } from '../../../domain/errors.ts'
import { shortDate } from '../../../domain/runsheets/formats.ts'
import { isLocalDate } from '../../../kernel/instants.ts'
import type { Cell, ListContent } from '../content.ts'
import { column, countNote } from '../desk.ts'
import type { Desk } from '../desk.ts'
import { base } from './base.ts'

const kinds: Readonly<Record<string, readonly [fr: string, en: string]>> = { cddu: ['CDDU technicien', 'fixed-term, technician'], artist: ['CDDU artiste', 'fixed-term, artist'] }

/** `on` among the filters: who is employed on that day, and nobody else. */
export async function staffRegister(desk: Desk): Promise<ListContent> {
  const { project, say, language } = desk
  if (!project) throw refuseFor('project', 'not_found', detail('project_id', 'required', 'a project'))
  const on = desk.filtered?.filter?.['on']
  const day = typeof on === 'string' && isLocalDate(on) ? on : null
  const { items, without_contract } = registers.output.parse(await desk.ask('contract.registers', { project_id: project.id, ...(day === null ? {} : { on: day }) }))
  const date = (text: string | null): Cell => (isLocalDate(text) ? { date: text } : null)
  return {
    ...base(desk, 'staff_register', say('Registre du personnel', 'Register of staff')),
    subtitle: day === null ? say('Entrées et sorties (C. trav., art. L. 1221-13)', 'Entries and exits (C. trav., art. L. 1221-13)') : `${say('Personnes employées le', 'People employed on')} ${shortDate(day, language)}`,
    notes: [
      countNote(desk, items.length, ['contrat', 'contrats'], ['contract', 'contracts']),
      ...(without_contract.length === 0 ? [] : [countNote(desk, without_contract.length, ['engagement accepté sans contrat', 'engagements acceptés sans contrat'], ['accepted engagement without a contract', 'accepted engagements without a contract'])]),
    ],
    filters: null,
    sections: [{
      kind: 'table', title: null, note: null, empty: say('Aucun contrat de travail.', 'No contract of employment.'),
      columns: [
        column('name', say('Nom', 'Name'), 'strong', 110, 1), column('born', say('Né(e) le', 'Born'), 'date', 62), column('function', say('Emploi, qualification', 'Post, qualification'), 'text', 110, 1), column('kind', say('Contrat', 'Contract'), 'text', 84),
        column('entry', say('Entrée', 'Entry'), 'date', 62), column('exit', say('Sortie', 'Exit'), 'date', 62), column('reference', say('Référence', 'Reference'), 'quiet', 96), column('dpae', 'DPAE', 'quiet', 70), column('object', say('N° d’objet', 'Numéro d’objet'), 'quiet', 74),
        column('days', say('Jours', 'Days'), 'count', 36),
      ],
      groups: items.length === 0 ? [] : [{
        id: 'all', code: null, title: '', count: null,
        rows: items.map((line) => ({
          id: line.contract_id,
          cells: {
            name: line.name ?? '—', born: date(line.birth_date), function: [line.function, line.status].filter(Boolean).join(', '), kind: say(...(kinds[line.kind] ?? [line.kind, line.kind])), entry: date(line.entry), exit: date(line.exit),
            reference: line.reference, dpae: line.dpae_reference, object: line.object_number, days: line.days,
          },
        })),
      }],
    }],
  }
}
