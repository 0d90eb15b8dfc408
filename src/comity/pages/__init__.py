"""Readings as people see them."""
