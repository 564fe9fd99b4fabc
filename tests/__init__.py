"""The tests of senco, in the shape of its tree."""
