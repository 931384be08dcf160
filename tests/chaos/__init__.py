"""Real faults on real parts: `make chaos` (DESIGN section 8), and a short form among the tests.

What was expected is read from what people asked for by a reader that shares no code with the product; what
was sent is read from the files of the mail sink and the WeChat simulator, never from our own tables.
"""
