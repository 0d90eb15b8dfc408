"""Queries of a ledger: the dossier of two states, lists, alerts, one fact with its sources."""
