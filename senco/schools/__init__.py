"""Schools: the register, the names people call schools by, who runs them. It sees no cluster, meeting or request."""
