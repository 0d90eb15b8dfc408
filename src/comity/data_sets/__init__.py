"""Importers: one small module per data set, with its columns, their meaning and its missing values."""
