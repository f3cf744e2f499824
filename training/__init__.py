"""The recipe that makes the built-in model: from bitext to a checkpoint of models_cache/."""
