/**
 * Properties draw the same cases in every run, so that a run can be repeated; `POSTIL_TEST_SEED` draws others
 * (a whole number, or `random`). A case that failed once belongs in a table of its own.
 */
import fc from 'fast-check'

const wanted = process.env.POSTIL_TEST_SEED ?? '1868'
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) })
