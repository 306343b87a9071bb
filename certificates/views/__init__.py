"""Pages: residents' journey, the insurers' queue, the public check."""
