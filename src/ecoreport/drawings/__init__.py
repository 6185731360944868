"""What each chapter draws: from a report to its charts, one module a chapter."""
