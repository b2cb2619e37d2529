import type { Page } from '@playwright/test'

/** The app, running in some host. */
export interface OpenApp {
  page: Page
  /** Address of the app's entry page. */
  url: string
  /** Ends the app as a person would; resolves when its files are closed. */
  close(): Promise<void>
}
