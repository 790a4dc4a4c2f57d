"""Welcome: a clinician invites a patient, by e-mail or by letter, and the patient starts on a phone.

Its words: an *invitation* is an e-mailed link or a letter with a code; to *start* is to activate it; a *twin*
is a record that may be the same person. Others call nothing here: it stands on people and the course.
"""
