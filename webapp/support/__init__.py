"""Support: Help now, ask my team to ring me, something wrong or unhelpful here, and what we do with information.

Its words: *Help now* (crisis lines and red flags, signed in or out), *red flag* (a new physical sign that needs
help first), *problem report* (a page that was wrong or made somebody worse). Others call `service.py`
(`problems_reported`).
"""
