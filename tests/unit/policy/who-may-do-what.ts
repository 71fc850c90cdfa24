/**
 * Who may do what, written out by hand from the table in the design: one row for each question, `y` where the
 * answer is yes. The columns are people who all know each other's group:
 *
 *   admin     runs the server, belongs to no group
 *   owner … observer  their role in the group that the layer lies over
 *   other     signed in, not a member
 *   anyone    without a sign-in
 *   operator  whoever runs the command line
 */
export const columns = [
  'admin',
  'owner',
  'instructor',
  'reader',
  'observer',
  'other',
  'anyone',
  'operator',
] as const

/** Questions about the server, documents and the group itself. `own` means: as its steward, or about oneself. */
export const generalTable = `
                                        admin owner instructor reader observer other anyone operator
server.administer                       y     -     -          -      -        -     -      y
audit.read                              y     -     -          -      -        -     -      y
account.change one's own                y     y     y          y      y        y     -      -
account.change another's                -     -     -          -      -        -     -      -
document.import                         y     y     y          -      -        -     -      y
document.make-public                    y     -     -          -      -        -     -      y
group.create                            y     y     y          y      y        y     -      -
document.read public                    y     y     y          y      y        y     y      y
document.read signed-in                 y     y     y          y      y        y     -      y
document.read group                     y     y     y          y      y        -     -      y
document.read of another group          y     -     -          -      -        -     -      y
document.read as steward                y     y     y          y      y        y     -      y
document.read withdrawn                 y     -     -          -      -        -     -      y
document.change another's               y     -     -          -      -        -     -      y
document.change as steward              y     y     y          y      y        y     -      y
parallel.read of two groups             y     -     -          -      -        -     -      y
parallel.dismiss in one's group         y     y     y          y      -        -     -      -
parallel.dismiss public                 y     -     -          -      -        -     -      -
group.create                            y     y     y          y      y        y     -      -
group.read                              -     y     y          y      y        -     -      y
group.change                            -     y     -          -      -        -     -      -
group.change-readings                   -     y     y          -      -        -     -      y
group.read-audit                        -     y     -          -      -        -     -      -
group.invite an observer                -     y     y          -      -        -     -      y
group.invite a reader                   -     y     y          -      -        -     -      y
group.invite an instructor              -     y     -          -      -        -     -      y
group.invite an owner                   -     y     -          -      -        -     -      y
group.set-role                          -     y     -          -      -        -     -      -
group.archive                           -     y     -          -      -        -     -      -
group.moderate                          -     y     y          -      -        -     -      -
layer.add                               -     y     y          -      -        -     -      y
group.mute-member a reader              -     y     y          -      -        -     -      -
group.mute-member an instructor         -     y     -          -      -        -     -      -
group.mute-member an owner              -     -     -          -      -        -     -      -
group.mute-member oneself               -     -     -          -      -        -     -      -
group.remove-member a reader            -     y     y          -      -        -     -      -
group.remove-member an instructor       -     y     -          -      -        -     -      -
group.remove-member oneself             y     y     y          y      y        y     -      -
`

/** Questions about a layer, and about a thread in it that another member wrote, or that one wrote oneself. */
export const layerTables: Readonly<Record<string, string>> = {
  "another's private layer": `
                                        admin owner instructor reader observer other anyone operator
layer.read                              -     -     -          -      -        -     -      -
layer.write                             -     -     -          -      -        -     -      -
layer.change                            -     -     -          -      -        -     -      -
layer.reveal                            -     -     -          -      -        -     -      -
thread.read                             -     -     -          -      -        -     -      -
thread.read draft                       -     -     -          -      -        -     -      -
thread.read hidden                      -     -     -          -      -        -     -      -
thread.change own                       -     -     -          -      -        -     -      -
thread.change another's                 -     -     -          -      -        -     -      -
thread.organize own                     -     -     -          -      -        -     -      -
thread.organize another's               -     -     -          -      -        -     -      -
thread.moderate                         -     -     -          -      -        -     -      -
thread.moderate draft                   -     -     -          -      -        -     -      -
passage.place own                       -     -     -          -      -        -     -      -
passage.place another's                 -     -     -          -      -        -     -      -
passage.place tombstone                 -     -     -          -      -        -     -      -
thread.reply                            -     -     -          -      -        -     -      -
thread.reply locked                     -     -     -          -      -        -     -      -
note.write co-written                   -     -     -          -      -        -     -      -
note.write not co-written               -     -     -          -      -        -     -      -
note.write own                          -     -     -          -      -        -     -      -
thread.take own                         -     -     -          -      -        -     -      -
thread.take own, locked                 -     -     -          -      -        -     -      -
thread.take another's                   -     -     -          -      -        -     -      -
thread.move own here                    -     -     -          -      -        -     -      -
thread.move another's to one's own      -     -     -          -      -        -     -      -
thread.copy to one's own                -     -     -          -      -        -     -      -
thread.flag                             -     -     -          -      -        -     -      -
reply.read                              -     -     -          -      -        -     -      -
reply.read hidden                       -     -     -          -      -        -     -      -
reply.moderate                          -     -     -          -      -        -     -      -
reply.change own                        -     -     -          -      -        -     -      -
reply.change own, hidden                -     -     -          -      -        -     -      -
reply.change another's                  -     -     -          -      -        -     -      -
reply.change own, locked                -     -     -          -      -        -     -      -
reply.delete own                        -     -     -          -      -        -     -      -
reply.delete own, locked                -     -     -          -      -        -     -      -
reply.delete own, tombstone             -     -     -          -      -        -     -      -
reply.delete another's                  -     -     -          -      -        -     -      -
dispute.raise another's                 -     -     -          -      -        -     -      -
dispute.take-part                       -     -     -          -      -        -     -      -
stance.take                             -     -     -          -      -        -     -      -
dispute.arbitrate another's             -     -     -          -      -        -     -      -
dispute.arbitrate own                   -     -     -          -      -        -     -      -
position.write held                     -     -     -          -      -        -     -      -
position.write not held                 -     -     -          -      -        -     -      -
position.change own                     -     -     -          -      -        -     -      -
position.change another's               -     -     -          -      -        -     -      -
evidence.change own                     -     -     -          -      -        -     -      -
evidence.change another's               -     -     -          -      -        -     -      -
stance.read                             -     -     -          -      -        -     -      -
`,
  'discussion layer': `
                                        admin owner instructor reader observer other anyone operator
layer.read                              -     y     y          y      y        -     -      -
layer.write                             -     y     y          y      -        -     -      -
layer.change                            -     y     y          -      -        -     -      -
layer.reveal                            -     y     y          -      -        -     -      -
thread.read                             -     y     y          y      y        -     -      -
thread.read draft                       -     -     -          -      -        -     -      -
thread.read hidden                      -     y     y          -      -        -     -      -
thread.change own                       -     y     y          y      -        -     -      -
thread.change another's                 -     -     -          -      -        -     -      -
thread.organize own                     -     y     y          y      -        -     -      -
thread.organize another's               -     y     y          -      -        -     -      -
thread.moderate                         -     y     y          -      -        -     -      -
thread.moderate draft                   -     -     -          -      -        -     -      -
passage.place own                       -     y     y          y      -        -     -      -
passage.place another's                 -     y     y          -      -        -     -      -
passage.place tombstone                 -     -     -          -      -        -     -      -
thread.reply                            -     y     y          y      -        -     -      -
thread.reply locked                     -     -     -          -      -        -     -      -
note.write co-written                   -     y     y          y      -        -     -      -
note.write not co-written               -     -     -          -      -        -     -      -
note.write own                          -     y     y          y      -        -     -      -
thread.take own                         -     y     y          y      y        -     -      -
thread.take own, locked                 -     y     y          -      -        -     -      -
thread.take another's                   -     y     y          -      -        -     -      -
thread.move own here                    -     y     y          y      -        -     -      -
thread.move another's to one's own      -     -     -          -      -        -     -      -
thread.copy to one's own                -     y     y          y      y        -     -      -
thread.flag                             -     y     y          y      y        -     -      -
reply.read                              -     y     y          y      y        -     -      -
reply.read hidden                       -     y     y          -      -        -     -      -
reply.moderate                          -     y     y          -      -        -     -      -
reply.change own                        -     y     y          y      -        -     -      -
reply.change own, hidden                -     -     -          -      -        -     -      -
reply.change another's                  -     -     -          -      -        -     -      -
reply.change own, locked                -     -     -          -      -        -     -      -
reply.delete own                        -     y     y          y      y        -     -      -
reply.delete own, locked                -     y     y          y      y        -     -      -
reply.delete own, tombstone             -     y     y          y      y        -     -      -
reply.delete another's                  -     -     -          -      -        -     -      -
dispute.raise another's                 -     y     y          y      -        -     -      -
dispute.take-part                       -     y     y          y      -        -     -      -
stance.take                             -     y     y          y      -        -     -      -
dispute.arbitrate another's             -     y     y          -      -        -     -      -
dispute.arbitrate own                   -     y     y          y      -        -     -      -
position.write held                     -     y     y          y      -        -     -      -
position.write not held                 -     -     -          -      -        -     -      -
position.change own                     -     y     y          y      -        -     -      -
position.change another's               -     y     y          -      -        -     -      -
evidence.change own                     -     y     y          y      -        -     -      -
evidence.change another's               -     y     y          -      -        -     -      -
stance.read                             -     y     y          y      y        -     -      -
`,
  'commentary layer': `
                                        admin owner instructor reader observer other anyone operator
layer.read                              -     y     y          y      y        -     -      -
layer.write                             -     y     y          -      -        -     -      -
layer.change                            -     y     y          -      -        -     -      -
layer.reveal                            -     y     y          -      -        -     -      -
thread.read                             -     y     y          y      y        -     -      -
thread.read draft                       -     -     -          -      -        -     -      -
thread.read hidden                      -     y     y          -      -        -     -      -
thread.change own                       -     y     y          -      -        -     -      -
thread.change another's                 -     -     -          -      -        -     -      -
thread.organize own                     -     y     y          -      -        -     -      -
thread.organize another's               -     y     y          -      -        -     -      -
thread.moderate                         -     y     y          -      -        -     -      -
thread.moderate draft                   -     -     -          -      -        -     -      -
passage.place own                       -     y     y          -      -        -     -      -
passage.place another's                 -     y     y          -      -        -     -      -
passage.place tombstone                 -     -     -          -      -        -     -      -
thread.reply                            -     y     y          y      -        -     -      -
thread.reply locked                     -     -     -          -      -        -     -      -
note.write co-written                   -     y     y          -      -        -     -      -
note.write not co-written               -     -     -          -      -        -     -      -
note.write own                          -     y     y          -      -        -     -      -
thread.take own                         -     y     y          y      y        -     -      -
thread.take own, locked                 -     y     y          -      -        -     -      -
thread.take another's                   -     y     y          -      -        -     -      -
thread.move own here                    -     y     y          -      -        -     -      -
thread.move another's to one's own      -     -     -          -      -        -     -      -
thread.copy to one's own                -     y     y          y      y        -     -      -
thread.flag                             -     y     y          y      y        -     -      -
reply.read                              -     y     y          y      y        -     -      -
reply.read hidden                       -     y     y          -      -        -     -      -
reply.moderate                          -     y     y          -      -        -     -      -
reply.change own                        -     y     y          y      -        -     -      -
reply.change own, hidden                -     -     -          -      -        -     -      -
reply.change another's                  -     -     -          -      -        -     -      -
reply.change own, locked                -     -     -          -      -        -     -      -
reply.delete own                        -     y     y          y      y        -     -      -
reply.delete own, locked                -     y     y          y      y        -     -      -
reply.delete own, tombstone             -     y     y          y      y        -     -      -
reply.delete another's                  -     -     -          -      -        -     -      -
dispute.raise another's                 -     y     y          -      -        -     -      -
dispute.take-part                       -     y     y          y      -        -     -      -
stance.take                             -     y     y          y      -        -     -      -
dispute.arbitrate another's             -     y     y          -      -        -     -      -
dispute.arbitrate own                   -     y     y          -      -        -     -      -
position.write held                     -     y     y          y      -        -     -      -
position.write not held                 -     -     -          -      -        -     -      -
position.change own                     -     y     y          y      -        -     -      -
position.change another's               -     y     y          -      -        -     -      -
evidence.change own                     -     y     y          y      -        -     -      -
evidence.change another's               -     y     y          -      -        -     -      -
stance.read                             -     y     y          y      y        -     -      -
`,
  'published commentary layer': `
                                        admin owner instructor reader observer other anyone operator
layer.read                              y     y     y          y      y        y     y      y
layer.write                             -     y     y          -      -        -     -      -
layer.change                            -     y     y          -      -        -     -      -
layer.reveal                            -     y     y          -      -        -     -      -
thread.read                             y     y     y          y      y        y     y      y
thread.read draft                       -     -     -          -      -        -     -      -
thread.read hidden                      -     y     y          -      -        -     -      -
thread.change own                       -     y     y          -      -        -     -      -
thread.change another's                 -     -     -          -      -        -     -      -
thread.organize own                     -     y     y          -      -        -     -      -
thread.organize another's               -     y     y          -      -        -     -      -
thread.moderate                         -     y     y          -      -        -     -      -
thread.moderate draft                   -     -     -          -      -        -     -      -
passage.place own                       -     y     y          -      -        -     -      -
passage.place another's                 -     y     y          -      -        -     -      -
passage.place tombstone                 -     -     -          -      -        -     -      -
thread.reply                            -     y     y          y      -        -     -      -
thread.reply locked                     -     -     -          -      -        -     -      -
note.write co-written                   -     y     y          -      -        -     -      -
note.write not co-written               -     -     -          -      -        -     -      -
note.write own                          -     y     y          -      -        -     -      -
thread.take own                         y     y     y          y      y        y     -      -
thread.take own, locked                 -     y     y          -      -        -     -      -
thread.take another's                   -     y     y          -      -        -     -      -
thread.move own here                    -     y     y          -      -        -     -      -
thread.move another's to one's own      -     -     -          -      -        -     -      -
thread.copy to one's own                y     y     y          y      y        y     -      -
thread.flag                             -     y     y          y      y        -     -      -
reply.read                              -     y     y          y      y        -     -      -
reply.read hidden                       -     y     y          -      -        -     -      -
reply.moderate                          -     y     y          -      -        -     -      -
reply.change own                        -     y     y          y      -        -     -      -
reply.change own, hidden                -     -     -          -      -        -     -      -
reply.change another's                  -     -     -          -      -        -     -      -
reply.change own, locked                -     -     -          -      -        -     -      -
reply.delete own                        -     y     y          y      y        -     -      -
reply.delete own, locked                -     y     y          y      y        -     -      -
reply.delete own, tombstone             -     y     y          y      y        -     -      -
reply.delete another's                  -     -     -          -      -        -     -      -
dispute.raise another's                 -     y     y          -      -        -     -      -
dispute.take-part                       -     y     y          y      -        -     -      -
stance.take                             -     y     y          y      -        -     -      -
dispute.arbitrate another's             -     y     y          -      -        -     -      -
dispute.arbitrate own                   -     y     y          -      -        -     -      -
position.write held                     -     y     y          y      -        -     -      -
position.write not held                 -     -     -          -      -        -     -      -
position.change own                     -     y     y          y      -        -     -      -
position.change another's               -     y     y          -      -        -     -      -
evidence.change own                     -     y     y          y      -        -     -      -
evidence.change another's               -     y     y          -      -        -     -      -
stance.read                             y     y     y          y      y        y     y      y
`,
  'custom layer, read by instructors, written by members': `
                                        admin owner instructor reader observer other anyone operator
layer.read                              -     y     y          -      -        -     -      -
layer.write                             -     y     y          -      -        -     -      -
layer.change                            -     y     y          -      -        -     -      -
layer.reveal                            -     y     y          -      -        -     -      -
thread.read                             -     y     y          -      -        -     -      -
thread.read draft                       -     -     -          -      -        -     -      -
thread.read hidden                      -     y     y          -      -        -     -      -
thread.change own                       -     y     y          -      -        -     -      -
thread.change another's                 -     -     -          -      -        -     -      -
thread.organize own                     -     y     y          -      -        -     -      -
thread.organize another's               -     y     y          -      -        -     -      -
thread.moderate                         -     y     y          -      -        -     -      -
thread.moderate draft                   -     -     -          -      -        -     -      -
passage.place own                       -     y     y          -      -        -     -      -
passage.place another's                 -     y     y          -      -        -     -      -
passage.place tombstone                 -     -     -          -      -        -     -      -
thread.reply                            -     y     y          -      -        -     -      -
thread.reply locked                     -     -     -          -      -        -     -      -
note.write co-written                   -     y     y          -      -        -     -      -
note.write not co-written               -     -     -          -      -        -     -      -
note.write own                          -     y     y          -      -        -     -      -
thread.take own                         -     y     y          -      -        -     -      -
thread.take own, locked                 -     y     y          -      -        -     -      -
thread.take another's                   -     y     y          -      -        -     -      -
thread.move own here                    -     y     y          -      -        -     -      -
thread.move another's to one's own      -     -     -          -      -        -     -      -
thread.copy to one's own                -     y     y          -      -        -     -      -
thread.flag                             -     y     y          -      -        -     -      -
reply.read                              -     y     y          -      -        -     -      -
reply.read hidden                       -     y     y          -      -        -     -      -
reply.moderate                          -     y     y          -      -        -     -      -
reply.change own                        -     y     y          -      -        -     -      -
reply.change own, hidden                -     -     -          -      -        -     -      -
reply.change another's                  -     -     -          -      -        -     -      -
reply.change own, locked                -     -     -          -      -        -     -      -
reply.delete own                        -     y     y          -      -        -     -      -
reply.delete own, locked                -     y     y          -      -        -     -      -
reply.delete own, tombstone             -     y     y          -      -        -     -      -
reply.delete another's                  -     -     -          -      -        -     -      -
dispute.raise another's                 -     y     y          -      -        -     -      -
dispute.take-part                       -     y     y          -      -        -     -      -
stance.take                             -     y     y          -      -        -     -      -
dispute.arbitrate another's             -     y     y          -      -        -     -      -
dispute.arbitrate own                   -     y     y          -      -        -     -      -
position.write held                     -     y     y          -      -        -     -      -
position.write not held                 -     -     -          -      -        -     -      -
position.change own                     -     y     y          -      -        -     -      -
position.change another's               -     y     y          -      -        -     -      -
evidence.change own                     -     y     y          -      -        -     -      -
evidence.change another's               -     y     y          -      -        -     -      -
stance.read                             -     y     y          -      -        -     -      -
`,
  'custom layer, read by members, written by instructors': `
                                        admin owner instructor reader observer other anyone operator
layer.read                              -     y     y          y      y        -     -      -
layer.write                             -     y     y          -      -        -     -      -
layer.change                            -     y     y          -      -        -     -      -
layer.reveal                            -     y     y          -      -        -     -      -
thread.read                             -     y     y          y      y        -     -      -
thread.read draft                       -     -     -          -      -        -     -      -
thread.read hidden                      -     y     y          -      -        -     -      -
thread.change own                       -     y     y          -      -        -     -      -
thread.change another's                 -     -     -          -      -        -     -      -
thread.organize own                     -     y     y          -      -        -     -      -
thread.organize another's               -     y     y          -      -        -     -      -
thread.moderate                         -     y     y          -      -        -     -      -
thread.moderate draft                   -     -     -          -      -        -     -      -
passage.place own                       -     y     y          -      -        -     -      -
passage.place another's                 -     y     y          -      -        -     -      -
passage.place tombstone                 -     -     -          -      -        -     -      -
thread.reply                            -     y     y          -      -        -     -      -
thread.reply locked                     -     -     -          -      -        -     -      -
note.write co-written                   -     y     y          -      -        -     -      -
note.write not co-written               -     -     -          -      -        -     -      -
note.write own                          -     y     y          -      -        -     -      -
thread.take own                         -     y     y          y      y        -     -      -
thread.take own, locked                 -     y     y          -      -        -     -      -
thread.take another's                   -     y     y          -      -        -     -      -
thread.move own here                    -     y     y          -      -        -     -      -
thread.move another's to one's own      -     -     -          -      -        -     -      -
thread.copy to one's own                -     y     y          y      y        -     -      -
thread.flag                             -     y     y          y      y        -     -      -
reply.read                              -     y     y          y      y        -     -      -
reply.read hidden                       -     y     y          -      -        -     -      -
reply.moderate                          -     y     y          -      -        -     -      -
reply.change own                        -     y     y          -      -        -     -      -
reply.change own, hidden                -     -     -          -      -        -     -      -
reply.change another's                  -     -     -          -      -        -     -      -
reply.change own, locked                -     -     -          -      -        -     -      -
reply.delete own                        -     y     y          y      y        -     -      -
reply.delete own, locked                -     y     y          y      y        -     -      -
reply.delete own, tombstone             -     y     y          y      y        -     -      -
reply.delete another's                  -     -     -          -      -        -     -      -
dispute.raise another's                 -     y     y          -      -        -     -      -
dispute.take-part                       -     y     y          -      -        -     -      -
stance.take                             -     y     y          -      -        -     -      -
dispute.arbitrate another's             -     y     y          -      -        -     -      -
dispute.arbitrate own                   -     y     y          -      -        -     -      -
position.write held                     -     y     y          -      -        -     -      -
position.write not held                 -     -     -          -      -        -     -      -
position.change own                     -     y     y          -      -        -     -      -
position.change another's               -     y     y          -      -        -     -      -
evidence.change own                     -     y     y          -      -        -     -      -
evidence.change another's               -     y     y          -      -        -     -      -
stance.read                             -     y     y          y      y        -     -      -
`,
  'custom layer, read by the public, written by members': `
                                        admin owner instructor reader observer other anyone operator
layer.read                              y     y     y          y      y        y     y      y
layer.write                             -     y     y          y      -        -     -      -
layer.change                            -     y     y          -      -        -     -      -
layer.reveal                            -     y     y          -      -        -     -      -
thread.read                             y     y     y          y      y        y     y      y
thread.read draft                       -     -     -          -      -        -     -      -
thread.read hidden                      -     y     y          -      -        -     -      -
thread.change own                       -     y     y          y      -        -     -      -
thread.change another's                 -     -     -          -      -        -     -      -
thread.organize own                     -     y     y          y      -        -     -      -
thread.organize another's               -     y     y          -      -        -     -      -
thread.moderate                         -     y     y          -      -        -     -      -
thread.moderate draft                   -     -     -          -      -        -     -      -
passage.place own                       -     y     y          y      -        -     -      -
passage.place another's                 -     y     y          -      -        -     -      -
passage.place tombstone                 -     -     -          -      -        -     -      -
thread.reply                            -     y     y          y      -        -     -      -
thread.reply locked                     -     -     -          -      -        -     -      -
note.write co-written                   -     y     y          y      -        -     -      -
note.write not co-written               -     -     -          -      -        -     -      -
note.write own                          -     y     y          y      -        -     -      -
thread.take own                         y     y     y          y      y        y     -      -
thread.take own, locked                 -     y     y          -      -        -     -      -
thread.take another's                   -     y     y          -      -        -     -      -
thread.move own here                    -     y     y          y      -        -     -      -
thread.move another's to one's own      -     -     -          -      -        -     -      -
thread.copy to one's own                y     y     y          y      y        y     -      -
thread.flag                             -     y     y          y      y        -     -      -
reply.read                              -     y     y          y      y        -     -      -
reply.read hidden                       -     y     y          -      -        -     -      -
reply.moderate                          -     y     y          -      -        -     -      -
reply.change own                        -     y     y          y      -        -     -      -
reply.change own, hidden                -     -     -          -      -        -     -      -
reply.change another's                  -     -     -          -      -        -     -      -
reply.change own, locked                -     -     -          -      -        -     -      -
reply.delete own                        -     y     y          y      y        -     -      -
reply.delete own, locked                -     y     y          y      y        -     -      -
reply.delete own, tombstone             -     y     y          y      y        -     -      -
reply.delete another's                  -     -     -          -      -        -     -      -
dispute.raise another's                 -     y     y          y      -        -     -      -
dispute.take-part                       -     y     y          y      -        -     -      -
stance.take                             -     y     y          y      -        -     -      -
dispute.arbitrate another's             -     y     y          -      -        -     -      -
dispute.arbitrate own                   -     y     y          y      -        -     -      -
position.write held                     -     y     y          y      -        -     -      -
position.write not held                 -     -     -          -      -        -     -      -
position.change own                     -     y     y          y      -        -     -      -
position.change another's               -     y     y          -      -        -     -      -
evidence.change own                     -     y     y          y      -        -     -      -
evidence.change another's               -     y     y          -      -        -     -      -
stance.read                             y     y     y          y      y        y     y      y
`,
}

/** The answers of one table: `y` or `-` for each column, by question. */
export function readTable(table: string): Map<string, string[]> {
  const rows = table.trim().split('\n').slice(1)
  return new Map(rows.map((row) => [row.slice(0, 40).trim(), row.slice(40).trim().split(/\s+/)]))
}
