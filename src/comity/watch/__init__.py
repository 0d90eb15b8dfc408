"""Watching: feeds and folders are looked at again and again, and what is new in them is added to a ledger."""
