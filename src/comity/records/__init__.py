"""The shapes of the records that Comity prints."""
