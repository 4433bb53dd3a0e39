"""The policy files: their shape, what is checked before a deployment, and what is compiled from them."""
