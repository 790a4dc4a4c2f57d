"""Pacing: a steady amount of one activity, found from tries, kept on better and harder days, looked back on.

Its words are *try*, *start*, *quota* (the real amount), *shown* (rounded), *tick*, *look-back*, *choice*;
its truths are plain Python in `amounts`, `flare` and the files whose names begin with `rules`.
Other rooms may call `service` and read plain values from those, never this room's tables or forms.
"""
