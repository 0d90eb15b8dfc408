"""How well Comity reads, measured on corpora that are no part of it."""
