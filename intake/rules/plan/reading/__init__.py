"""Reading a plan's own text: facts with the words they rest on, and nothing that the text does not say."""
