"""Staff look somebody up, for a call or at a counter: for a purpose, recorded, and seen by the person."""
