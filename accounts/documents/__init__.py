"""What is set on paper: the faces that the register needs, and how a sheet becomes a PDF."""
