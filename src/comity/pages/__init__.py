"""Readings in readable form."""
