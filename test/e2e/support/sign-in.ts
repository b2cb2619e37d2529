import type { Page } from '@playwright/test'
import { owner } from './first-run.ts'

/** Signs in as the owner, in whatever language the page greets: the person's own is known only afterwards. */
export async function signIn(page: Page): Promise<void> {
  await page.locator('input[type="email"]').fill(owner.email)
  await page.locator('input[type="password"]').fill(owner.password)
  await page.locator('button[type="submit"]').click()
}
