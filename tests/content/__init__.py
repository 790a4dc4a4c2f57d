"""The texts: good ones are read, bad ones are refused with exactly the right words."""
