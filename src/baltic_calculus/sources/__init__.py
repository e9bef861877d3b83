"""One module per publisher: its file or answer as published, read into a tidy table of the same numbers.

A reader knows one publisher's layout: titles, sentinels, estimate marks, codes of countries. It knows nothing of the
catalogue, of files or of the network: bytes in, a `Publication` out.
"""
