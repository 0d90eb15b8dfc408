"""The commands, a module for each group of them; `comity.cli` puts them together."""
