"""The rules on ASRs: one module a concept, each rule a pure function with its catalogue id and section."""
