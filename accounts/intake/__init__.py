"""Reading CSV files that others made: bytes -> lines -> rows -> values.  Knows no model and no database."""
