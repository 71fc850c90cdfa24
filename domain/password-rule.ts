/** Which passwords may be chosen. Length is what makes one hard to guess, so length is what is asked. */

const shortest = 10
const longest = 200

/** Long enough, and yet among the first that anyone tries. */
const commonest = new Set(
  `0123456789 1234567890 12345678910 123456789a 0987654321 1111111111 0000000000 1234512345 1q2w3e4r5t
  1q2w3e4r5t6y 1qaz2wsx3edc q1w2e3r4t5 qwertyuiop qwerty12345 qwerty123456 qwertzuiop asdfghjkl1 asdfghjkl; zaq12wsxcde3
  abcdefghij abcd123456 abc1234567 password12 password123 password1234 passwordpassword passw0rd123 p@ssw0rd123
  iloveyou12 iloveyou123 letmein123 letmeinnow welcome123 welcome1234 administrator admin12345 admin123456
  changeme123 changemenow sunshine123 princess123 football123 baseball123 superman123 trustno1234 dragon12345
  monkey12345 michael123 computer123 internet123 1234567891 123123123123 1231231231 987654321a aaaaaaaaaa
  correcthorsebatterystaple`
    .split(/\s+/)
    .map((password) => password.toLowerCase()),
)

/** What is wrong with a password, in words for its person, or null when it may be chosen. */
export function passwordProblem(password: string): string | null {
  const length = [...password].length
  if (length < shortest) return `must have at least ${shortest} characters`
  if (length > longest) return `may have at most ${longest} characters`
  if (commonest.has(password.toLowerCase())) return 'is among the first that anyone would try'
  return null
}
