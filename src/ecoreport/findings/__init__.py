"""What each chapter finds: headings and sentences made from observations, one module a chapter."""
