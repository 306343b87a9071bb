"""What people are told: the outbox, its deliveries, the channels. Knows nobody: codes and ids only."""
