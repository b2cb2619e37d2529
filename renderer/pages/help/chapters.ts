/** The one table that ties pages, refusals and failures to chapters of docs/guide: help is offered where one is stuck. A test asks for each chapter in both languages. */

/** Each subject's chapter, by the number in its file's name: the same in each language. */
export const CHAPTERS = {
  start: '01', screen: '02', missions: '03', assigning: '04', sheets: '05', crew: '06', locations: '07', importing: '08', printing: '09', shared: '10', rights: '11', safety: '12',
  keyboard: '13', states: '14', password: '15', refused_rows: '16', words: '17', matters: '18', refused: '19', availability: '20', labour: '21', publication: '22', planning: '23', together: '24', engaging: '25', inbox: '26', contracts: '27', signing: '28',
} as const

export type Topic = keyof typeof CHAPTERS

const OF_PAGE: Readonly<Record<string, Topic>> = {
  '': 'start', overview: 'matters', missions: 'missions', planning: 'planning', costs: 'publication', contracts: 'contracts', crew: 'crew', directory: 'crew', sheets: 'sheets', locations: 'locations', import: 'importing',
  inbox: 'inbox', settings: 'rights', members: 'rights', audit: 'rights', data: 'safety', me: 'shared', sync: 'together', help: 'screen',
}

/** The chapter about a page, named as in its address (`missions`, `directory`, empty for the projects). */
export const topicOfPage = (page: string): Topic => OF_PAGE[page] ?? 'screen'

const OF_CODE: readonly (readonly [beginning: string, topic: Topic])[] = [
  ['sync.', 'together'], ['acceptance.', 'engaging'], ['vault.', 'engaging'], ['contract.', 'signing'], ['contract', 'contracts'], ['venue.', 'together'], ['plan_publication.', 'publication'], ['auth.forbidden', 'rights'], ['auth.scope', 'rights'], ['auth.seeing_as', 'rights'], ['auth.amounts_hidden', 'shared'], ['auth.', 'password'], ['member.', 'rights'], ['invitation.', 'rights'],
  ['storage.', 'safety'], ['backup.', 'safety'], ['import.', 'refused_rows'], ['sheet.', 'sheets'], ['mission.', 'states'], ['assignment.', 'engaging'], ['project.archived', 'states'],
]

/** The chapter about what was refused or failed, by the code of the answer (shared/domain/errors.ts). */
export const topicOfFailure = (code: string): Topic => OF_CODE.find(([beginning]) => code.startsWith(beginning))?.[1] ?? 'refused'
