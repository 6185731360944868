"""The site around the reports: what it lists, its pages, its search, as one tree of files."""
