"""What institutions are asked, and how they answer: pages for their officers, and an API."""
