"""Mentions to coded facts."""
