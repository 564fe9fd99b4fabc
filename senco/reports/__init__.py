"""What leaves the house by itself every term: reports for schools, leads, the Schools Forum and finance.

It counts what the slices beneath it hold and changes nothing of theirs; it hides small counts of children, and keeps on
record what it has shown, so that no two reports can be subtracted from each other.
"""
