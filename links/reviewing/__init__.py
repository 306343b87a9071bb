"""The staff's pages of the review: its runs, how far one came, and what it found."""
