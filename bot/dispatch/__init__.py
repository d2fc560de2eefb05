"""Give every open message its turn: by rule, by the brain, or by a person."""
