"""Call me back: who asks is shown a word, staff say it, and the request waits until its result is entered."""
