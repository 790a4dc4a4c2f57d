"""The course: modules, their pages, simple exercises, and how far each patient has come through either door.

Its words: a module is *begun*, its pages are *read*, its *key exercise* is done or left for later, and then
it is *done*; the next one *opens* in the patient's rhythm or when they go on of their own accord. Others may
call `service.py`, `answers.py` (`shared_exercises`), `overview.py` and the plain values of `rules.py`.
"""
