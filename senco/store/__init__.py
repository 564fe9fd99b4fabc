"""The store: one SQLite file with two doors, one that cannot write and one that cannot write without a trail line.

It knows connections, migrations, the lock, the trail and the seal. It knows no slice: no table of schools, meetings
or requests is named here except in the numbered migrations, which are data to it.
"""
