"""The desk: the office at work in a browser (`/ban-lam-viec`), on the same actions and permissions as the chat.

A room is a file: it says which pages and acts it has, and `visiting.py` sees to who may come in.
"""
