"""What everybody can read about incidents."""
