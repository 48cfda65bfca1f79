"""A newsroom to try: people for every role, and stories at every stage. All is invented, and says so."""
