"""What others offer for sending to many, each as its own documents say. Runs on requirements-peers.txt alone."""
