"""“This was not me”: what whoever was told something can do with a notice's code, without signing in."""
