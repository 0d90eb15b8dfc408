"""How much influence states have on each other over time, from reported facts and from data sets."""
