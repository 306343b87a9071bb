"""What one member of staff proposes and another one decides: the same for every kind of request."""
