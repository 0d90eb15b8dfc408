"""Watching: feeds and folders are checked repeatedly, and new reports are added to a ledger."""
