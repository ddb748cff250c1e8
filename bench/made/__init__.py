"""Made-up files that benchmarks read."""
