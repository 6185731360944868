"""What people write under ``params/``: models, reading, JSON Schemas."""
