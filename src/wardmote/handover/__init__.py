"""The only code that may carry anything from casework to strategy: suppressed counts. Nothing is here yet."""
