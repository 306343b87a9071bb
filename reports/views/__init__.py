"""The resident's pages: report a problem, one question a page, and follow it."""
