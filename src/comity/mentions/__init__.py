"""Trees to actors, dates, places, amounts and quotations."""
