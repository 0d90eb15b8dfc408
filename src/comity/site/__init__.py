"""The local page: a ledger looked at in a browser, with every answer also as JSON, CSV and metadata."""
