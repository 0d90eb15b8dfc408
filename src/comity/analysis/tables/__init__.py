"""Tables of all events, visits, agreements and figures of a ledger, as they are asked for by kind."""
