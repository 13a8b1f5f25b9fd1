import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export interface EditorAccount {
  password: string
  permissions: '*' | 'read'
}

export interface UserFolder {
  flows: object[]
  settings: object
  accounts: Record<string, EditorAccount>
  /** Folder whose node_modules is put into the user folder, as if the user had installed it. */
  installed?: string
}

/** A throw-away user folder, outside of the project: nothing in it finds the project's own node_modules. */
export function makeUserFolder({ flows, settings, accounts, installed }: UserFolder): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hg-node-red-'))
  if (installed !== undefined) {
    cpSync(path.join(installed, 'node_modules'), path.join(folder, 'node_modules'), { recursive: true })
    cpSync(path.join(installed, 'package.json'), path.join(folder, 'package.json'))
  }
  mkdirSync(path.join(folder, 'nodes'))
  cpSync(path.join(__dirname, 'capture'), path.join(folder, 'nodes'), { recursive: true })
  writeFileSync(path.join(folder, 'flows.json'), JSON.stringify(flows))
  writeFileSync(path.join(folder, 'settings.js'), settingsFile(settings, accounts))
  return folder
}

/** Of Node-RED's credentials. */
export const credentialSecret = 'the secret of a test'

const defaults = {
  uiHost: '127.0.0.1',
  flowFile: 'flows.json',
  credentialSecret,
  lang: 'en-US',
  debugMaxLength: 1_000_000,
  telemetry: { enabled: false, updateNotification: false },
  editorTheme: { tours: false, projects: { enabled: false }, palette: { catalogues: [] } },
}

function settingsFile(settings: object, accounts: Record<string, EditorAccount>): string {
  const adminAuth = `{
  type: 'credentials',
  users: async (username) => username in accounts && { username, permissions: accounts[username].permissions },
  authenticate: async (username, password) =>
    accounts[username]?.password === password && { username, permissions: accounts[username].permissions },
}`
  return `const accounts = ${JSON.stringify(accounts)}
module.exports = ${JSON.stringify({ ...defaults, ...settings }, null, 2)}
${Object.keys(accounts).length > 0 ? `module.exports.adminAuth = ${adminAuth}` : ''}
`
}
