"""Safety: an answer or a call that a named person must see, and what came of it.

Its words: a *trigger* (the answer, or whatever else), an *alert* (what a person must see; it is never deleted),
the *cover* (who owns alerts, who is the deputy, what happens out of hours), a *step* (what happened with an alert)
and a *notice* (the message that tells somebody). Others call `service.py` and the plain `rules.py`.
"""
