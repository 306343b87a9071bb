"""Whose a sign-in is: by verified claims, by a code in a letter, or at a counter by two members of staff."""
