"""People: services (clinics), accounts, memberships, patients' names and contacts, sign-in and
what people agreed to.

Words: an *account* signs in; a *membership* gives it a role in one service; a *patient* is a record of
one service.
Others call `service.py` (patients, sharing, choices), `visitors.py` (who is asking) and `rules.py`.
"""
