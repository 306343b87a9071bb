"""Reading what institutions send: bytes -> rows -> links."""
