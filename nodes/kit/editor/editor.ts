/** What the dialogs of all nodes share. Bundled into `resources/editor.js`, which every dialog loads. */
import { account } from './account'
import { fhirEndpoints } from './fhir-endpoints'
import { healthcodeAddresses } from './healthcode-addresses'
import { hmsNames } from './hms-names'
import { randomKey } from './random-key'
import { choices, typed } from './typed'
import { showWhen } from './when'

Object.assign(window, {
  HealthGateways: {
    account,
    choices,
    fhirEndpoints,
    healthcodeAddresses,
    hmsNames,
    randomKey,
    showWhen,
    typed,
  },
})
