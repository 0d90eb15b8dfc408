"""Importers: one small module a data set; each knows its columns, what they mean and which values are missing."""
