declare module 'fs-native-extensions' {
  /** Takes an exclusive advisory lock on an open file, held by the operating system until the file is closed. */
  export function tryLock(fd: number): boolean
}
