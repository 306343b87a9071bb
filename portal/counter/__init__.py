"""Counter mode: staff file a report or an application with the resident beside them."""
