"""The exercises, one kind a file, registered in `registered.py`.

`answering.py` holds what the simple kinds share (a block that is answered on its page); `tool.py` what the tools
share (pages of their own, kept in the toolbox). Their entries go into append-only tables.
"""
