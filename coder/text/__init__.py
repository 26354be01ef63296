"""Language: the only importer of spaCy. Clauses that an answer is split into, and the tokens of features."""
