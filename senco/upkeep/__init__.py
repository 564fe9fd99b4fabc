"""Looking after the store: making it, its state, its checks, its trail, and the demonstration. It sees every slice."""
