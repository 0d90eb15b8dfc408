"""The ledger: what many reports say, kept once, as of any date."""
