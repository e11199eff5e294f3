"""Input: whatever a partner's data team has, read by one reader for each kind of source."""
