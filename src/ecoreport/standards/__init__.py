"""Standards as pure functions over numbers; every figure comes from ``params/standards/*.csv``."""
