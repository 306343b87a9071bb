"""\"This is wrong\": reports of residents, their conversation, and the desk where they are resolved."""
