"""Comity reads reports about what states do with and to each other and keeps the sourced ledger of their relations."""
