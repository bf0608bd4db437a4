"""Official files, read whole or refused whole.

`zonings` and `finess` each turn a file into rows and write what has changed;
`running` puts the transaction and the history around them.
"""
