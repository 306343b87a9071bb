"""Files that people hand in: received within limits, drawn anew, sealed, and opened by permission only.

`kinds`, `pictures`, `papers` and `decoder` know no Django: they run in a process without our secrets.
"""
