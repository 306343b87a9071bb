"""The signature on the paper: PAdES at level B-LT, in a field that those who cannot see are told of."""
