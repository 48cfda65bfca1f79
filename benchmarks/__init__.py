"""What is measured, and against what. Each is run by itself: `python -m benchmarks.terms`."""
