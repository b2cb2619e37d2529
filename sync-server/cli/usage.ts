export const usage = `callboard-server: keeps organizations and lets their devices exchange

  callboard-server [serve] [--json]     serves until stopped; the first administrator's code is printed once
  callboard-server codes first          a new first code, while there is no account
  callboard-server codes new            a code for one more administrator of the server
  callboard-server codes member USER    a code with which that person sets a password (USER: their id, or the e-mail of their account)
  callboard-server backup FOLDER        everything into a new folder; also while it serves
  callboard-server backups FOLDER       the backups that lie in a folder, newest first
  callboard-server backups thin FOLDER  which of them others stand for (kept: the newest of 7 days, 4 weeks, 6 months); with --yes they go
  callboard-server restore FOLDER       checks a backup and says what it would replace; with --yes puts it in place; the server must not run
  callboard-server verify               walks the audit chain of every organization; exit 1 when one was altered
  callboard-server recovery             which organizations wait for their devices after a restore
  callboard-server recovery show [ORG]  who came since, which roles come back, which numbers are missing
  callboard-server recovery close [ORG [REVIEW]]
                                        ends it, for one or for all; REVIEW: of the roles that come back, as show says it
  callboard-server recovery missing ORG ENTITY ID FIELD REASON
                                        why a number is missing, in the audit
  callboard-server openapi              the description of its addresses (docs/server-api.json)
  callboard-server version

  --data DIR, --port N, --host ADDRESS  instead of DATA_DIR, PORT, HOST

Settings come from the environment: DATA_DIR, DATABASE_URL, HOST, PORT, TLS_CERT, TLS_KEY, TRUST_PROXY, PUBLIC_URL, ... (docs/server.md).
Logs are JSON lines on stderr. Exit: 0 done, 1 refused or failed, 2 wrong command or settings.
`
