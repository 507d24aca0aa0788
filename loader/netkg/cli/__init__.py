"""The command line: it parses words, calls `KnowledgeGraph`, and shows what comes back."""
