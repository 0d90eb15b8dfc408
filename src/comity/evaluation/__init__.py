"""Accuracy, measured on corpora that are not part of Comity."""
