"""What institutions say belongs to a number: feeds, links, holds, and the review of each."""
