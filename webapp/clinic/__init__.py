"""The portal: whom to ring today and why, a patient's story on one screen, the call log, and answers to read.

Its words are *worklist* (Ring today), *caseload*, *story*, *call*, *script* and *copy for the record*.
It stands on top: no other room calls it, and only ``reads`` looks into other rooms' tables (SELECT only).
"""
