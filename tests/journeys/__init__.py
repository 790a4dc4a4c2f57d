"""Journeys: what people do from beginning to end, in a real browser. Each ends with axe at 320 pixels."""
