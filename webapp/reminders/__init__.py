"""Reminders: what a patient is written, when and in which words, and what they answer by one tap.

Its words are *thing* (something that is due: a summary, a goal to look back on), *message* (one or several things,
bundled, in the outbox), *answer* and *bounce*. The portal and the patient's pages call ``service``; the rooms below
never know that it exists, and say only when something about an enrolment has changed (``engagement.remind_on``).
"""
