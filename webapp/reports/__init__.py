"""Reports: what leaves Waymark as files. Today that is questionnaires, as FHIR R4 and as tables (CSV).

Its words are *copy* (files made of what stands in Waymark, of one patient or of a whole service) and *data dictionary*
(what each column means). It stands on top: no other room calls it, and only ``reads`` looks into other rooms' tables.
"""
