"""Who is under protection: set by one member of staff at once, confirmed and lifted by two."""
