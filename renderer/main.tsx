import './styles/global.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Router } from 'wouter'
import { z } from 'zod'
import { App } from './app/app.tsx'
import { tellLanguage } from './app/files.ts'
import { guardNavigation } from './app/leaving.ts'
import { applyPreferences, usePreferences } from './app/preferences.ts'
import { followChanges, queryClient } from './app/queries.ts'
import { reportUncaught } from './app/report-errors.ts'
import { LiveRegion } from './components/LiveRegion.tsx'
import { startI18n } from './i18n/index.ts'

// The content policy forbids code made from text; without this zod would try it and leave a report at each start.
z.config({ jitless: true })

reportUncaught()
applyPreferences()
tellLanguage(usePreferences.getState().language)
usePreferences.subscribe((now, before) => now.language !== before.language && tellLanguage(now.language))
await startI18n()
followChanges()

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queryClient}>
          <Router aroundNav={guardNavigation}>
            <App />
          </Router>
          <LiveRegion />
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  )
}
