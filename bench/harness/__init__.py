"""Runs Towpath, floors and peers side by side, and keeps what they took."""
