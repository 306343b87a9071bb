"""A whole installation of plain processes on one machine: what containers are elsewhere, to try and test."""
