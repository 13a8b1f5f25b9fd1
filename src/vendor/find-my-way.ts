export { default as createRouter } from 'find-my-way'
