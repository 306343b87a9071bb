"""Who may act for whom: helpers whom a person names, parents by the register, and what documents grant."""
