"""Annual environmental assessment of a district against its ecological plans."""

__version__ = "0.1.0"
