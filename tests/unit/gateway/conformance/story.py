"""A scenario that passes, for tests that change a word of it or play it against a gateway with a fault."""

STORY = """\
scenario: A loop is confirmed, and its due date passes
requirements: [9.2.4.4.1, jeopardy-on-date-change]
product: loop-2w-analog
start: 2026-03-02T09:30:00-07:00
steps:
  - who: clec
    send: {file: 01-loop-new-install.txt}
    expect:
      answer: {status: 202, outcome: accepted, application_date: 2026-03-02}
      state: ACCEPTED
      notices: []
  - who: clec
    send: {file: 01-loop-new-install.txt, sets: {LSR.DDD: 03-10-2026}}
    expect: {error: duplicate, answer: {findings: [{code: E501}]}}
  - after: 2 hours
    who: ilec
    decide: {decision: confirm, due_date: 2026-03-09}
    expect:
      state: CONFIRMED
      due_date: 2026-03-09
      notices: [{kind: foc, section: 9.2.4.4.1, issued_at: 2026-03-02 11:30, fields: {due_date: 2026-03-09}}]
      clocks: [{id: jeopardy-on-date-change, due_at: 2026-03-09 23:59, state: open, breached: false}]
      history: [order.confirmed]
  - after: 8 days
    who: time
    expect:
      state: JEOPARDY
      notices: [{kind: jeopardy, section: 9.2.4.4.1}]
      clocks: [{id: jeopardy-on-date-change, state: stopped, breached: true}]
"""
