"""Charts, one module for each question that they answer."""
