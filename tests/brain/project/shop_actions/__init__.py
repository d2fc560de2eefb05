"""Be the custom actions of the small project that the brain's tests run."""
