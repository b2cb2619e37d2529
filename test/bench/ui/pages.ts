/** Where the bench goes: signs in to a running app and names the addresses of its pages. */
import type { Page } from '@playwright/test'
import { z } from 'zod'
import type { SignIn } from './data.ts'

export interface Place {
  org: string
  /** The project with the most missions. */
  project: string
  mission: string
  /** Local date on which a half of its missions have begun. */
  middle: string
  sheet: string | null
  person: string
}

const Listed = z.object({ value: z.object({ items: z.array(z.looseObject({ id: z.string(), mission_count: z.number().optional(), start_at: z.string().optional() })), total: z.int(), next_cursor: z.string().nullable() }) })
type Found = z.infer<typeof Listed>['value']

/** Signs in, opens the organization, and answers its largest project with one of its missions and sheets. */
export async function signInAs(page: Page, { email, password }: SignIn): Promise<Place> {
  await page.locator('input[type="password"]').first().waitFor()
  // A computer with PINs greets with tiles; the way by e-mail is the first one named under them.
  if ((await page.locator('input[type="email"]').count()) === 0) await page.locator('nav button').first().click()
  await page.locator('input[type="email"]').first().fill(email)
  await page.locator('input[type="password"]').first().fill(password)
  await page.locator('button[type="submit"]').first().click()
  await page.waitForURL(/\/o\/[0-9a-f-]{36}/)
  const org = /\/o\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
  await page.locator('main h1').first().waitFor()
  const token = await page.evaluate(() => sessionStorage.getItem('callboard.token'))
  const list = async (name: string, input: object): Promise<Found> => {
    const answer = await page.request.post(new URL('/api/v1/call', page.url()).href, {
      data: { name, org, input }, headers: { authorization: `Bearer ${token ?? ''}`, origin: new URL(page.url()).origin },
    })
    return Listed.parse(await answer.json()).value
  }
  const first = async (name: string, input: object): Promise<string> => {
    const [one] = (await list(name, { ...input, limit: 1 })).items
    if (!one) throw new Error(`${name} answered nothing`)
    return one.id
  }
  let largest = { id: '', missions: -1 }
  for (let cursor: string | null | undefined = undefined; cursor !== null; ) {
    const found: Found = await list('project.list', { limit: 200, ...(cursor === undefined ? {} : { cursor }) })
    for (const { id, mission_count: missions = 0 } of found.items) if (missions > largest.missions) largest = { id, missions }
    cursor = found.next_cursor
  }
  const project = largest.id
  const { total } = await list('mission.list', { project_id: project, limit: 1 })
  const half = await list('mission.list', { project_id: project, sort: ['start_at'], limit: 1, page: Math.max(1, Math.round(total / 2)) })
  return {
    org, project, middle: half.items[0]?.start_at?.slice(0, 10) ?? '', mission: await first('mission.list', { project_id: project }), person: await first('collaborator.list', {}),
    sheet: await first('sheet.list', { project_id: project }).catch(() => null),
  }
}

/** Name of the figure and address, in the order of the sidebar. */
export const measuredPages = ({ org, project, mission, sheet, person }: Place): readonly (readonly [name: string, path: string])[] => [
  ['page_home', `/o/${org}`],
  ['page_overview', `/o/${org}/p/${project}/overview`],
  ['page_missions', `/o/${org}/p/${project}/missions`],
  ['page_mission', `/o/${org}/p/${project}/missions/${mission}`],
  ['page_planning', `/o/${org}/p/${project}/planning`],
  ['page_sheets', `/o/${org}/p/${project}/sheets`],
  ...(sheet === null ? [] : [['page_sheet', `/o/${org}/p/${project}/sheets/${sheet}`] as const]),
  ['page_crew', `/o/${org}/p/${project}/crew`],
  ['page_locations', `/o/${org}/p/${project}/locations`],
  ['page_import', `/o/${org}/p/${project}/import`],
  ['page_project', `/o/${org}/p/${project}/settings`],
  ['page_all_locations', `/o/${org}/locations`],
  ['page_directory', `/o/${org}/directory`],
  ['page_person', `/o/${org}/directory?sel=${person}`],
  ['page_inbox', `/o/${org}/inbox`],
  ['page_audit', `/o/${org}/audit`],
  ['page_settings', `/o/${org}/settings`],
  ['page_data', `/o/${org}/data`],
  ['page_members', `/o/${org}/members`],
  ['page_help', `/o/${org}/help`],
]
