"""Hold the components that ``config.yml`` names: what the model sees of a customer's words."""
