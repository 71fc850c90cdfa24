/** Letters and figures that are not taken for one another (Crockford's base 32). */
const signs = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * The id of a dispute, made of the 40 random bits that a version 4 UUID begins with: eight signs that can be read
 * aloud and cited, and that tell neither how many disputes there are nor which came first. Two may rarely be the
 * same, which whoever stores them must notice.
 */
export function toCitableId(uuid: string): string {
  const bits = BigInt(`0x${uuid.replaceAll('-', '').slice(0, 12)}`) >> 8n
  return Array.from({ length: 8 }, (_, place) => signs[Number((bits >> BigInt(5 * place)) & 31n)]).join('')
}
