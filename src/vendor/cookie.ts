export { parseCookie } from 'cookie'
