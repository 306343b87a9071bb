"""The certificate on paper: its faces, its code as a QR, its page."""
