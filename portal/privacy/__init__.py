"""A person's rights about their data: a copy of everything, the end of a sign-in, how long what is kept."""
