"""What attached files say: bytes in, text with its places out. Knows no network, no database, no Django.

`reader.FileReader` opens each file in a child process of its own, with little memory and little time.
"""
