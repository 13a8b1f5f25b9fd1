/** What the dialogs of all nodes share. Bundled into `resources/editor.js`, which every dialog loads. */
import { account } from './account'
import { fhirEndpoints } from './fhir-endpoints'
import { hmsNames } from './hms-names'
import { randomKey } from './random-key'
import { choices, typed } from './typed'
import { showWhen } from './when'

Object.assign(window, {
  HealthGateways: { account, choices, fhirEndpoints, hmsNames, randomKey, showWhen, typed },
})
