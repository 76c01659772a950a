"""What everybody may read without an account: pages, feeds and files of a unit's dialogues."""
