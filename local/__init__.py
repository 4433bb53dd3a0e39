"""The embedded run: the deployed template on one's own machine, for development and demonstration. Never deployed."""
