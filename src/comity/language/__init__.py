"""Frozen text to sentences and trees."""
