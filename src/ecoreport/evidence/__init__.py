"""The ledger of evidence (佐证台账): what must be there, what is, what is missing, and whose."""
