"""Where support staff resolve reports."""
