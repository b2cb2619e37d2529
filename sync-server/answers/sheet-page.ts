/**
 * The call sheet of one person on a telephone: their own lines first, then the day, the place, who to call; the whole of it as a file. One
 * pure function from the sheet to a document, without script. What people typed is set as they wrote it, in the language of the sheet.
 */
import { colon, dayMark, clock, longDate, typeset } from '../../shared/domain/runsheets/formats.ts'
import type { SheetPerson, SheetSnapshot } from '../../shared/domain/runsheets/snapshot.ts'
import type { PersonalSheet } from '../../shared/core/sheet-documents.ts'
import { instantWords, type Language } from '../../shared/documents/offer/offer.ts'
import { sheetWords, versionLabel } from '../../shared/documents/run-sheet/words.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { escapeHtml as e, note, pageDocument, pageFooter, pageHeader, type About } from './page.ts'
import { sheetPageWords, type SheetPageWord } from './sheet-words.ts'
import { filled } from './words.ts'

type Around = Omit<About, 'offer'>
export type SheetPage =
  | ({
    state: 'sheet'; sheet: PersonalSheet
    /** Version of the mail whose link this is, when another is shown. */
    replaced: number | null
    /** They read the version shown; by their own word or as production noted. */
    read: { at: Instant; own: boolean } | null
    /** Another version came out between the page and the button. */
    changed: boolean
    /** Of the file, relative to this page. */
    file: string
  } & Around)
  | ({ state: 'over' | 'withdrawn' | 'off' } & Around)

type Shown = Extract<SheetPage, { state: 'sheet' }>
type Say = (key: SheetPageWord, values?: Readonly<Record<string, string>>) => string

const timeOf = ({ zone, date }: SheetSnapshot, at: Instant): string => {
  const mark = dayMark(at, zone, date)
  return `${clock(at, zone)}${mark === 0 ? '' : ` (${mark > 0 ? '+' : '−'}${Math.abs(mark)})`}`
}
const panel = (id: string, title: string, content: string): string => (content === '' ? '' : `<section class="panel" aria-labelledby="${id}"><h2 id="${id}">${e(title)}</h2>${content}</section>`)
const facts = (rows: readonly (readonly [label: string, value: string | null])[], keys: readonly string[] = []): string => {
  const lines = rows.flatMap(([label, value]) => (value === null || value.trim() === '' ? [] : [`<div><dt>${e(label)}</dt><dd${keys.includes(label) ? ' class="key"' : ''}>${value}</dd></div>`]))
  return lines.length === 0 ? '' : `<dl>${lines.join('')}</dl>`
}
const list = (items: readonly string[]): string => (items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`)
const phone = (number: string): string => (/\d{2}/.test(number) ? `<a class="tap" href="tel:${e(number.replace(/[^\d+]/g, ''))}">${e(number)}</a>` : e(number))

function ownLine(sheet: SheetSnapshot, line: SheetPerson, say: Say, language: Language): string {
  const department = sheet.departments.find(({ id }) => id === line.department_id)?.name ?? null
  const call = say('call')
  return facts([
    [call, e(timeOf(sheet, line.call_at))], [sheetWords[language].role, e([line.crew_role, department].filter(Boolean).join(', '))], [say('until'), line.end_at === null ? null : e(timeOf(sheet, line.end_at))],
    [say('meal'), line.meal_at === null ? null : e(timeOf(sheet, line.meal_at))], [say('channel'), line.channel && e(line.channel)], [say('remarks'), line.remarks && e(line.remarks)],
  ], [call])
}

function place({ location }: SheetSnapshot, language: Language): string {
  if (!location) return ''
  const words = sheetWords[language]
  const map = location.coordinates && `<a class="tap" href="geo:${location.coordinates.latitude},${location.coordinates.longitude}">${e(words.route)}</a>`
  return `<p><strong>${e(location.name)}</strong>${location.address.map((line) => `<br>${e(line)}`).join('')}${map ? `<br>${map}` : ''}</p>`
    + list(location.access.map(({ text }) => e(text))) + facts([[words.parking, location.parking && e(location.parking)], [words.publicTransport, location.public_transport && e(location.public_transport)]])
}

function schedule(sheet: SheetSnapshot, own: readonly SheetPerson[], say: Say): string {
  const codes = new Set(sheet.departments.filter(({ id }) => own.some((line) => line.department_id === id)).map(({ code }) => code))
  const rows = sheet.slots.map((slot) => {
    const hours = `${timeOf(sheet, slot.start_at)}${slot.end_at === null ? '' : ` – ${timeOf(sheet, slot.end_at)}`}`
    const mine = slot.everyone || slot.departments.length === 0 || slot.departments.some((code) => codes.has(code))
    const who = slot.everyone ? say('everyone') : slot.departments.join(', ')
    const said = [slot.detail, slot.location, who].filter((part) => part !== null && part !== '').join(', ')
    return `<div${mine ? '' : ' class="others"'}><dt>${e(hours)}</dt><dd>${slot.important || mine ? `<strong>${e(slot.label)}</strong>` : e(slot.label)}${said === '' ? '' : `<br><span class="hint">${e(said)}</span>`}</dd></div>`
  })
  return rows.length === 0 ? '' : `<dl>${rows.join('')}</dl>`
}

function emergency({ emergency: { numbers, on_site, hospital }, contacts }: SheetSnapshot, language: Language): string {
  const words = sheetWords[language]
  return facts([
    ...numbers.map(({ label, number }): [string, string] => [label ?? words.emergency, phone(number)]),
    [words.onSite, on_site && e(on_site)],
    [words.nearestHospital, hospital && [e([hospital.name, hospital.address].filter(Boolean).join(', ')), hospital.phone === null ? '' : phone(hospital.phone)].filter((part) => part !== '').join('<br>')],
    ...contacts.map(({ label, name, phone: number }): [string, string] => [label, `${e(name)}${number === null ? '' : `<br>${phone(number)}`}`]),
  ])
}

/** The others, department by department: when, and telephones of those who agreed. */
function crew(sheet: SheetSnapshot, language: Language): string {
  const parts = sheet.departments.flatMap(({ id, name }) => {
    const lines = sheet.people.filter((line) => line.department_id === id)
    if (lines.length === 0) return []
    const rows = lines.map((line) => [line.name ?? sheetWords[language].markers['to_fill'] ?? '', `${e(timeOf(sheet, line.call_at))}, ${e(line.crew_role)}${line.quantity > 1 ? ` × ${line.quantity}` : ''}${line.phone === null ? '' : `<br>${phone(line.phone)}`}`] as const)
    return [`<h3>${e(name)}</h3>${facts(rows)}`]
  })
  return parts.length === 0 ? '' : `<details><summary>${e(sheetWords[language].crew)}</summary>${parts.join('')}</details>`
}

function readPart(page: Shown, say: Say): string {
  const { language, read, sheet } = page
  if (read) return note('yes', '✓', e(say(read.own ? 'read.done' : 'read.noted', { at: instantWords(read.at, sheet.snapshot.zone, language) })))
  return `<section class="panel act" aria-labelledby="read"><h2 id="read">${e(say('read.ask'))}</h2><form method="post" accept-charset="utf-8"><input type="hidden" name="version" value="${sheet.issue.version}"><input type="hidden" name="lang" value="${language}">`
    + `<button class="primary"><span aria-hidden="true">✓</span>${e(say('read.button'))}</button></form></section>`
}

function sheetMain(page: Shown, say: Say): string {
  const { language, sheet: { snapshot, issue, copies }, person, replaced, changed } = page
  const words = sheetWords[language]
  const own = copies.flatMap(({ lines }) => lines)
  const version = versionLabel(issue, language)
  const published = issue.published_at === null ? '' : say('version', { version, at: instantWords(issue.published_at, snapshot.zone, language) })
  const hello = person === null ? say('hello.nobody') : say('hello', { person })
  const newer = replaced === null ? '' : `<div class="note due"><span aria-hidden="true">▲</span><p>${e(say('newer', { link: `v${replaced}`, version }))}</p></div>`
  const again = changed ? `<div class="note wrong" role="alert"><span aria-hidden="true">▲</span><p>${e(say('read.changed'))}</p></div>` : ''
  const codes = snapshot.missions.map(({ code, title }) => [code, title].filter((part) => part !== '').join(' · ')).join(', ')
  return `${again}${newer}<h1>${e(say('title', { day: longDate(snapshot.date, language) }))}</h1><p>${e(hello)} ${e(say('said.first'))}<br><span class="hint">${e([codes, snapshot.headline].filter(Boolean).join(', '))}<br>${e(published)}</span></p>`
    + `<section class="panel own" aria-labelledby="yours"><h2 id="yours">${e(say('yours'))}</h2>${own.map((line) => ownLine(snapshot, line, say, language)).join('')}</section>`
    + (snapshot.alerts.length === 0 ? '' : panel('alerts', say('alerts'), snapshot.alerts.map(({ title, text }) => `<p><strong>${e(title)}</strong> ${e(text)}</p>`).join('')))
    + panel('place', words.location, place(snapshot, language))
    + panel('times', say('section.times'), facts(snapshot.key_times.map((row): [string, string] => [row.label ?? words.keyTimes[row.code] ?? row.code, e([timeOf(snapshot, row.at), row.place].filter(Boolean).join(', '))])))
    + readPart(page, say)
    + panel('schedule', words.schedule, schedule(snapshot, own, say))
    + panel('emergency', words.emergency, emergency(snapshot, language))
    + panel('notes', words.notes, list(snapshot.notes.map(({ text }) => e(text))))
    + (crew(snapshot, language) === '' ? '' : `<section class="panel">${crew(snapshot, language)}</section>`)
    + `<p class="act"><a class="button short" href="${e(page.file)}">${e(say('file'))}</a></p>`
}

/** A whole document; to be sent with `pagePolicy` (style.ts). */
export function sheetPage(page: SheetPage): string {
  const { language } = page
  const say: Say = (key, values = {}) => typeset(filled(sheetPageWords[language][key], values), language)
  const title = page.state === 'sheet' ? say('title', { day: longDate(page.sheet.snapshot.date, language) }) : say(`title.${page.state}`)
  const main = page.state === 'sheet' ? sheetMain(page, say) : `<h1>${e(title)}</h1><p>${e(say(`${page.state}.what`))}</p>`
  return pageDocument(language, `${title}${colon(language)}${page.project}`, `${pageHeader(page)}<main>${main}</main>${pageFooter(page, page.state === 'sheet' ? say('personal') : null)}`)
}
