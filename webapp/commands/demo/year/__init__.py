"""A year of made-up patients, day by day, through the real services, the real outbox and the real jobs.

Its words are *kind* (how somebody behaves, in numbers), *life* (one made-up patient, remembered), *act*, *kill* (the worker
dies at a step) and *promise* (what must hold for every message and every row of the worklist). ``waymark demo --simulate``
calls ``running.live_through``; nothing else does, and nothing here may run in production.
"""
