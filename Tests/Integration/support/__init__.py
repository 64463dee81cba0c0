"""What the integration tests share: the program, the servers beside it, and a DNS client."""
