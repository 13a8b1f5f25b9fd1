export { create, toBuffer, toString } from 'qrcode'
