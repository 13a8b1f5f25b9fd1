/** What the dialogs of all nodes share. Bundled into `resources/editor.js`, which every dialog loads. */
import { account } from './account'
import { hmsNames } from './hms-names'
import { randomKey } from './random-key'
import { choices, typed } from './typed'

Object.assign(window, { HealthGateways: { account, choices, hmsNames, randomKey, typed } })
