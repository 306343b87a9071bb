"""Help for everyone, signed in or not: what is linked, how mistakes come about, what to do."""
