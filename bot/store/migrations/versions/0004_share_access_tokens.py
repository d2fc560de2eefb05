"""Share the access tokens of platforms between processes."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the tables forward."""


def downgrade() -> None:
    """Take the tables back."""
