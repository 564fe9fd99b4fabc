"""senco: a borough's SENCO clusters, from the cluster table to the panel's agenda, over one SQLite file."""

__version__ = "0.1.0"
