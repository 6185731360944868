"""The report as Word, in the format of GB/T 9704: from the same outputs that make the pages."""
