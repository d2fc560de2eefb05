"""A Bot API server of our own on loopback: it checks every call against the API's description and writes it down."""
