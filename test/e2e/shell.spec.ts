import { expect, test } from './support/app.ts'

test.describe('the app, before anything is in it', () => {
  test('opens on its first page without an error', async ({ app }) => {
    await expect(app.page.locator('#root')).not.toBeEmpty()
    expect(app.page.url().startsWith(app.url)).toBe(true)
    expect(app.pageErrors).toEqual([])
  })

  test('is served under a content policy that loads and sends nothing outside', async ({ app }) => {
    const headers = await app.page.evaluate(async () => Object.fromEntries((await fetch('/')).headers))
    const policy = headers['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("connect-src 'self';")
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/)
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test('cannot run injected script, styles or code from text', async ({ app }) => {
    const ran = await app.page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.injected = true'
      document.body.append(script)
      // The debugger may evaluate text; what runs after it may not.
      const evaluated = await new Promise((resolve) =>
        setTimeout(() => {
          try {
            resolve(new Function('return true')())
          } catch {
            resolve(false)
          }
        }),
      )
      return { injected: 'injected' in window, evaluated }
    })
    expect(ran).toEqual({ injected: false, evaluated: false })
  })

  test('gives the page nothing of Node', async ({ app }) => {
    const found = await app.page.evaluate(() => ['require', 'module', 'process', 'Buffer', 'global', '__dirname', 'ipcRenderer', 'electron'].filter((name) => name in window))
    expect(found).toEqual([])
  })

  test('gives the page one narrow bridge on the desktop and none in a browser', async ({ app }) => {
    const bridge = await app.page.evaluate(() => Object.keys(window.callboard ?? {}).sort())
    const desktop = ['call', 'notify', 'onEvent', 'openFile', 'openPath', 'platform', 'printPdf', 'putBlob', 'saveFile', 'savePdf', 'secretProtection', 'setLanguage']
    expect(bridge).toEqual(app.host === 'browser' ? [] : desktop)
  })

  test('lets no page reach the network', async ({ app }) => {
    const answer = await app.page.evaluate(() =>
      fetch('https://example.org/').then(
        () => 'answered',
        () => 'refused',
      ),
    )
    expect(answer).toBe('refused')
  })

  test('shows a page of its own for an address inside it, after a reload too', async ({ app }) => {
    await app.page.evaluate(() => window.history.pushState(null, '', '/missions'))
    await app.page.reload()
    await expect(app.page.locator('#root')).not.toBeEmpty()
    expect(app.page.url().startsWith(app.url)).toBe(true)
  })

  test('opens again on the same folder after it was closed', async ({ app }) => {
    await expect(app.page.locator('#root')).not.toBeEmpty()
    await app.close()
    await app.open()
    await expect(app.page.locator('#root')).not.toBeEmpty()
  })
})
