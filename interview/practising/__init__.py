"""Practice copies, the clock, the record, hints, watching a file, mock interviews."""
