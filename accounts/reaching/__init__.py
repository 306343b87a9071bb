"""How somebody wants to be told: by which channels, when, and at which telephone."""
