"""What was promised: sealing, the vault, retention and the rights, in pure Python with the time as an argument."""
