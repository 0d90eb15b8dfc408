"""Corpora too large for one reading: shards coded apart, on one machine or many, then merged."""
