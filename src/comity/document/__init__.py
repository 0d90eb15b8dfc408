"""Bytes to frozen text."""
