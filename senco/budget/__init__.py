"""The clusters' money and specialist time: a ledger in pence and minutes, awards paid out, envelopes watched.

It reads awards as commitments and never copies them; it posts only what moved. Need is judged elsewhere, apart from the
balance.
"""
