"""The certificate on paper: its code as a QR, its page."""
