"""Tables of all events, visits, agreements and figures of a ledger, queried by kind."""
