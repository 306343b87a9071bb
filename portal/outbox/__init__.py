"""How notices go out, for those who watch over it; and what each kind says."""
