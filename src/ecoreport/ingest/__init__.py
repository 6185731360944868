"""Raw tables as departments send them, read into one canonical frame a dataset."""
