"""Is it really this person's? Pure rules, and the engine that asks them."""
