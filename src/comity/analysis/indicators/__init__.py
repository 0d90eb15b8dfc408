"""How strongly states pull on each other and how that went, from facts of reports and records of data sets alike."""
