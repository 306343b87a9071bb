"""Feeds of health insurers in HL7 FHIR R4, newline-delimited JSON with the profiles of JP Core."""
