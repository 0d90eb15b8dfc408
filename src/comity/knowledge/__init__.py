"""Reviewable tables of the field, and look-ups by date."""
