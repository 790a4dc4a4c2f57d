"""What every room stands on: settings, database, access, audit, clock, languages, post and jobs.

This floor knows no pain words and no people; it knows *services*, *accounts* and *requests*.
Any room may call it; it calls none of them.
"""
