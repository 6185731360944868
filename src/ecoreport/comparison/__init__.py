"""Districts beside each other and years beside each other: what may be compared, and how."""
